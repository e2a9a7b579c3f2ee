package app.heyblue.postgres.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What we want of the file system: things that appear whole, are private, and last. */
public final class Folders {
  private static final String TEMPORARY = ".new-";

  private Folders() {}

  /** Makes a folder, with those above it, that only its owner may enter. */
  public static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, owner("rwx------"));
    }
  }

  /** A new folder beside what it will be moved to when it's whole. */
  static Path temporary(Path beside) throws IOException {
    return Files.createTempDirectory(beside, TEMPORARY);
  }

  /** Writes a small file that only its owner may read, whole or not at all, and durably. */
  static void writePrivately(Path file, String text) throws IOException {
    Path folder = parent(file);
    Path temporary = Files.createTempFile(folder, TEMPORARY, "", owner("rw-------"));
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

  /** Removes what an interrupted process left half made. */
  public static void removeTemporary(Path folder) throws IOException {
    removeWithin(folder, name -> name.startsWith(TEMPORARY));
  }

  /** Removes entries of a folder by name; nothing happens where there's no folder. */
  static void removeWithin(Path folder, Predicate<String> unwanted) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        if (unwanted.test(String.valueOf(entry.getFileName()))) {
          remove(entry);
        }
      }
    }
  }

  /** Removes a file, or a folder with all it holds. */
  static void remove(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path one : deepestFirst) {
        Files.deleteIfExists(one);
      }
    }
  }

  static Path parent(Path path) {
    return Objects.requireNonNull(path.getParent(), "no folder holds " + path);
  }

  /** What went wrong, in words for a person. */
  public static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied for " + denied.getFile();
      case NoSuchFileException absent -> absent.getFile() + " is missing";
      default -> String.valueOf(e.getMessage());
    };
  }

  private static FileAttribute<?> owner(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }
}
