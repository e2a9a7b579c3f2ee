package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogsConfig;
import app.heyblue.catalogs.bmf.UnusableFile;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Files on their way into the catalog, in {@code <heyblue.home>/spool/catalogs}: uploads, since a
 * request's own file ends with the request but the refresh goes on, and what came from sources.
 */
@ApplicationScoped
public class Spool {
  private static final Logger LOG = Logger.getLogger(Spool.class);
  private static final long MIB = 1024 * 1024;
  private static final int BUFFER = 64 * 1024;

  private final Path folder;
  private final CatalogsConfig config;

  public Spool(@ConfigProperty(name = "heyblue.home") Path home, CatalogsConfig config) {
    this.folder = home.resolve("spool").resolve("catalogs");
    this.config = config;
  }

  /** Files that a crash left; no refresh takes them up again. */
  void start(@Observes @Priority(500) StartupEvent event) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** A copy of the file that stays until {@link #remove}d. */
  public Path keep(Path upload, UUID name) {
    try {
      return Files.copy(upload, fresh(name));
    } catch (IOException e) {
      throw new UncheckedIOException("The upload can't be kept", e);
    }
  }

  /** A place for a file that doesn't exist yet, until {@link #remove}d. */
  Path fresh(UUID name) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The spool's folder can't be made", e);
    }
    return folder.resolve(name + ".csv");
  }

  /** Whether a file is a ZIP archive, as the IRS packs Publication 78. */
  static boolean isZipped(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(4);
      return head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] == 3 && head[3] == 4;
    }
  }

  /**
   * Unpacks the only file of an archive.
   *
   * @throws UnusableFile where it holds none or several, is damaged, or unpacks to too much
   */
  void unzip(Path archive, Path into) throws IOException, UnusableFile {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive));
        OutputStream out = Files.newOutputStream(into)) {
      if (!toNextFile(zip)) {
        throw new UnusableFile("The archive holds no file. Nothing was changed.");
      }
      long left = config.largestFileMib() * MIB;
      byte[] buffer = new byte[BUFFER];
      for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
        left -= n;
        if (left < 0) {
          throw new UnusableFile(
              "The archive unpacks to more than %,d MiB. Nothing was changed."
                  .formatted(config.largestFileMib()));
        }
        out.write(buffer, 0, n);
      }
      if (toNextFile(zip)) {
        throw new UnusableFile("The archive holds more than one file. Nothing was changed.");
      }
    } catch (ZipException | java.io.EOFException e) {
      throw new UnusableFile("The archive is damaged or cut off. Nothing was changed.");
    }
  }

  private static boolean toNextFile(ZipInputStream zip) throws IOException {
    ZipEntry entry = zip.getNextEntry();
    while (entry != null && entry.isDirectory()) {
      entry = zip.getNextEntry();
    }
    return entry != null;
  }

  public void remove(Path kept) {
    try {
      Files.deleteIfExists(kept);
    } catch (IOException e) {
      LOG.warnf(e, "The file %s can't be removed from the spool", kept);
    }
  }
}
