package app.heyblue.security.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The file that holds the master key: 32 random bytes in base64. */
final class MasterKeyFile {
  private static final int BYTES = 32;
  private final Path file;

  MasterKeyFile(Path file) {
    this.file = file;
  }

  /**
   * The key; empty where there is no file.
   *
   * @throws IllegalStateException where the file holds something else
   */
  Optional<SecretKey> read() {
    try {
      return Optional.of(parse(Files.readString(file, StandardCharsets.US_ASCII)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The master key in " + file + " can't be read", e);
    }
  }

  SecretKey make(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    PrivateFiles.write(file, Base64.getEncoder().encodeToString(key) + "\n");
    return new SecretKeySpec(key, "AES");
  }

  private SecretKey parse(String text) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("The master key in " + file + " is not base64.", e);
    }
    if (key.length != BYTES) {
      throw new IllegalStateException(
          "The master key in %s has %d bytes; it must have %d, written in base64."
              .formatted(file, key.length, BYTES));
    }
    return new SecretKeySpec(key, "AES");
  }
}
