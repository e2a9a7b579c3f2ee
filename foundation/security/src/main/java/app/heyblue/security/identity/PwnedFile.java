package app.heyblue.security.identity;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jboss.logging.Logger;

/**
 * A file in the sorted form of Have I Been Pwned: one SHA-1 of a password a line, 40 hexadecimal
 * digits and {@code :} with a count, sorted. It may have tens of gigabytes: it is searched by
 * halves on the disk and never read as a whole. Where it can't be read, that is logged and the list
 * that ships with us is the only one.
 */
final class PwnedFile {
  private static final Logger LOG = Logger.getLogger(PwnedFile.class);
  private static final int DIGITS = 40;
  private static final int LONGEST_LINE = 128;
  private final Path path;

  PwnedFile(Path path) {
    this.path = path;
  }

  boolean contains(String password) {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
      return contains(file, sha1(password));
    } catch (IOException e) {
      LOG.errorf("The list of breached passwords can't be read: %s", e.getMessage());
      return false;
    }
  }

  /** Between the two places lies the beginning of the line that is looked for, if there is one. */
  private static boolean contains(RandomAccessFile file, String digest) throws IOException {
    long low = 0;
    long high = file.length();
    while (low < high) {
      long middle = (low + high) >>> 1;
      long begin = lineFrom(file, middle);
      String line = begin < high ? digits(file, begin) : "";
      if (line.isEmpty()) {
        high = middle;
      } else {
        int order = line.compareTo(digest);
        if (order == 0) {
          return true;
        }
        if (order < 0) {
          low = begin + DIGITS;
        } else {
          high = middle;
        }
      }
    }
    return false;
  }

  /** Where the first line begins that begins at this place or later. */
  private static long lineFrom(RandomAccessFile file, long place) throws IOException {
    if (place == 0) {
      return 0;
    }
    byte[] bytes = read(file, place - 1, LONGEST_LINE);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        return place + i;
      }
    }
    return file.length();
  }

  private static String digits(RandomAccessFile file, long begin) throws IOException {
    return new String(read(file, begin, DIGITS), StandardCharsets.US_ASCII)
        .toUpperCase(Locale.ROOT);
  }

  private static byte[] read(RandomAccessFile file, long place, int atMost) throws IOException {
    byte[] bytes = new byte[(int) Math.max(0, Math.min(atMost, file.length() - place))];
    file.seek(place);
    file.readFully(bytes);
    return bytes;
  }

  private static String sha1(String password) {
    try {
      return HexFormat.of()
          .withUpperCase()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
