package app.heyblue.postgres.embedded;

import app.heyblue.postgres.StartupFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the jar that carries them for this machine. */
public final class Binaries {
  private Binaries() {}

  /**
   * The folder with {@code bin} and {@code lib}, unpacked first if this version isn't there yet.
   * Several processes may ask at once: each sees all of it or none.
   *
   * @param folder holds one folder for each version
   */
  public static Path unpack(Path folder) throws IOException {
    Path target = folder.resolve(name());
    if (Files.isDirectory(target)) {
      return target;
    }
    try (InputStream packed = packed()) {
      Folders.createPrivate(folder);
      Path temporary = Folders.temporary(folder);
      extract(packed, temporary);
      flush(temporary);
      moveUnlessThere(temporary, target);
    }
    return target;
  }

  /** Whether the programs of this build lie there already. */
  static boolean areUnpacked(Path folder) {
    return Files.isExecutable(folder.resolve(name()).resolve("bin").resolve("postgres"));
  }

  /** Removes the programs of other versions, and what was half unpacked. */
  public static void removeOthers(Path folder) throws IOException {
    Folders.removeWithin(folder, name -> !name.equals(name()));
  }

  /** The major version of PostgreSQL that the build carries, such as {@code 18}. */
  static String major() {
    return version().replaceFirst("\\..*", "");
  }

  /** This machine, as the archives name it. */
  static String machine() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch", "");
    return (system.startsWith("mac") ? "darwin" : system)
        + "-"
        + switch (processor) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> processor;
        };
  }

  private static String name() {
    return version() + "-" + machine();
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "");
  }

  private static InputStream packed() {
    InputStream packed =
        Binaries.class.getClassLoader().getResourceAsStream("postgres-" + machine() + ".txz");
    if (packed == null) {
      throw new StartupFailure(
          "This build carries no PostgreSQL for "
              + machine()
              + ". Build HeyBlue on this machine, or set HEYBLUE_DATABASE_URL to a PostgreSQL of"
              + " yours.");
    }
    return packed;
  }

  private static void extract(InputStream packed, Path target) throws IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive leaves its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(Folders.parent(path));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
          boolean program = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  private static void moveUnlessThere(Path temporary, Path target) throws IOException {
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      Folders.remove(temporary);
      if (!Files.isDirectory(target)) {
        throw e;
      }
    }
  }

  /** A thousand files reach the disk at once by {@code sync}, one by one much slower. */
  private static void flush(Path folder) throws IOException {
    try {
      new ProcessBuilder(
              "/bin/sh", "-c", "sync -f \"$1\" 2>/dev/null || sync", "sync", folder.toString())
          .start()
          .waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
