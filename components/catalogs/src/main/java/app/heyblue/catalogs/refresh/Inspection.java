package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a look through a file tells before it's read.
 *
 * @param rows about how many rows it has
 * @param content SHA-256
 */
record Inspection(CatalogFormat format, long rows, byte[] content) {
  private static final int BUFFER = 256 * 1024;
  private static final String HEADER_OF_BMF = "EIN,";

  static Inspection of(Path file, CatalogName catalog) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[BUFFER];
    long lines = 0;
    byte last = '\n';
    String beginning = "";
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.readNBytes(buffer, 0, BUFFER); n > 0; n = in.readNBytes(buffer, 0, BUFFER)) {
        if (beginning.isBlank()) {
          beginning = new String(buffer, 0, Math.min(n, 8192), StandardCharsets.ISO_8859_1);
        }
        digest.update(buffer, 0, n);
        for (int i = 0; i < n; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
        last = buffer[n - 1];
      }
    }
    lines += last == '\n' ? 0 : 1;
    CatalogFormat format =
        switch (catalog) {
          case FAMILIES -> CatalogFormat.FAMILIES_CSV;
          case CHARITIES -> ofCharities(beginning.stripLeading().lines().findFirst().orElse(""));
        };
    long headers = format == CatalogFormat.PUBLICATION_78 ? 0 : 1;
    return new Inspection(format, Math.max(0, lines - headers), digest.digest());
  }

  /** What is neither is taken for an extract, whose reader says what's wrong with it. */
  private static CatalogFormat ofCharities(String firstLine) {
    return firstLine.contains("|") && !firstLine.contains(HEADER_OF_BMF)
        ? CatalogFormat.PUBLICATION_78
        : CatalogFormat.EO_BMF;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
