package app.heyblue.siege;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A file system of a few hundred megabytes in memory, where this process may mount one. */
record SmallDisk(Path folder) implements AutoCloseable {
  private static final String SIZE = "size=700m";

  /** Mounts one; empty, and says why, where that isn't allowed. */
  static Optional<SmallDisk> mount(Path folder, Scroll scroll)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Process mount =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", SIZE, "heyblue-siege", folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(mount.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (mount.waitFor() != 0) {
      scroll.say("  skipped: no small disk can be mounted here (%s)", said.strip());
      return Optional.empty();
    }
    return Optional.of(new SmallDisk(folder));
  }

  @Override
  public void close() throws IOException {
    try {
      new ProcessBuilder("umount", "-l", folder.toString()).inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
