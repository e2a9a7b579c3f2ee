package app.heyblue.catalogs.refresh;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Uploads on their way into the catalog, in {@code <heyblue.home>/spool/catalogs}: a request's own
 * file ends with the request, but the refresh goes on.
 */
@ApplicationScoped
public class Spool {
  private static final Logger LOG = Logger.getLogger(Spool.class);

  private final Path folder;

  public Spool(@ConfigProperty(name = "heyblue.home") Path home) {
    this.folder = home.resolve("spool").resolve("catalogs");
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
      Files.createDirectories(folder);
      return Files.copy(upload, folder.resolve(name + ".csv"));
    } catch (IOException e) {
      throw new UncheckedIOException("The upload can't be kept", e);
    }
  }

  public void remove(Path kept) {
    try {
      Files.deleteIfExists(kept);
    } catch (IOException e) {
      LOG.warnf(e, "The upload %s can't be removed", kept);
    }
  }
}
