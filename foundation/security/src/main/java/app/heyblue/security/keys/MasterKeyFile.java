package app.heyblue.security.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file that holds the master keys: one a line, the newest first, each 32 random bytes in
 * base64. Empty lines and what follows a {@code #} are for people.
 */
final class MasterKeyFile {
  private static final int BYTES = 32;
  private final Path file;

  MasterKeyFile(Path file) {
    this.file = file;
  }

  /**
   * The keys, newest first; none where there is no file.
   *
   * @throws IllegalStateException where the file holds something else
   */
  List<NamedKey> read() {
    try {
      List<NamedKey> keys =
          Files.readString(file, StandardCharsets.UTF_8)
              .lines()
              .map(line -> line.replaceFirst("#.*", "").strip())
              .filter(line -> !line.isEmpty())
              .map(this::parse)
              .toList();
      if (keys.isEmpty()) {
        throw new IllegalStateException("The master key file " + file + " holds no key.");
      }
      return keys;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("The master key in " + file + " can't be read", e);
    }
  }

  /** Puts a new key before those that are there. */
  NamedKey make(SecureRandom random) {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    NamedKey made = NamedKey.of(key);
    List<NamedKey> keys = new ArrayList<>(List.of(made));
    keys.addAll(read());
    write(keys);
    return made;
  }

  void write(List<NamedKey> keys) {
    PrivateFiles.write(
        file,
        keys.stream()
            .map(named -> Base64.getEncoder().encodeToString(named.key().getEncoded()) + "\n")
            .collect(Collectors.joining()));
  }

  private NamedKey parse(String text) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("The master key in " + file + " is not base64.", e);
    }
    if (key.length != BYTES) {
      throw new IllegalStateException(
          "The master key in %s has %d bytes; it must have %d, written in base64."
              .formatted(file, key.length, BYTES));
    }
    return NamedKey.of(key);
  }
}
