package app.heyblue.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What the file system must do for us: small files written whole, folders removed. */
final class Folders {
  private Folders() {}

  /** A new folder for its owner alone, beside its later place. */
  static Path temporary(Path beside) throws IOException {
    return Files.createTempDirectory(beside, ".new-");
  }

  /** Writes a small file that only its owner may read, whole or not at all, and durably. */
  static void writePrivately(Path file, String text) throws IOException {
    Path folder = parent(file);
    Path temporary =
        Files.createTempFile(
            folder,
            ".new-",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(temporary, text);
    sync(temporary);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  /** Makes a file's content, or a folder's names, survive a power cut. */
  static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Removes a folder with all it holds; nothing happens where it isn't there. */
  static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("no folder holds " + path);
    }
    return parent;
  }
}
