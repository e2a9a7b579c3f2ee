package app.heyblue.catalogs.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads wait in the spool for their refresh, and no longer than the process. */
class SpoolIT {
  @Test
  void keepsAnUploadUntilItIsRemovedOrTheProcessStartsAgain(@TempDir Path home) throws Exception {
    Path upload = Files.writeString(home.resolve("upload"), "content");
    Spool spool = new Spool(home, new Settings());
    spool.start(new StartupEvent());
    Path first = spool.keep(upload, new UUID(0, 1));
    Path second = spool.keep(upload, new UUID(0, 2));
    Files.delete(upload);
    assertThat(first).hasContent("content");

    spool.remove(first);
    spool.remove(first);
    assertThat(first).doesNotExist();
    new Spool(home, new Settings()).start(new StartupEvent());
    assertThat(second).doesNotExist();
  }
}
