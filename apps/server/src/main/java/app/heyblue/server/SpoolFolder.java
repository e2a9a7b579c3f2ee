package app.heyblue.server;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The folder in which uploads wait, {@code <heyblue.home>/spool}: the owner's alone, as a catalog
 * of families holds what nobody else on the machine may read.
 */
@ApplicationScoped
class SpoolFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private final Path folder;

  SpoolFolder(@ConfigProperty(name = "heyblue.home") Path home) {
    this.folder = home.resolve("spool");
  }

  /** Before anything is put into it. */
  void start(@Observes @Priority(1) StartupEvent event) throws IOException {
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.setPosixFilePermissions(folder, OWNER_ONLY);
  }
}
