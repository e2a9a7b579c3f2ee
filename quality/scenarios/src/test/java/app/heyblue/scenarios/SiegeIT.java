package app.heyblue.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.siege.Siege;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./heyblue siege}, as short as it makes sense; the long one is the same with its options.
 */
class SiegeIT {
  private static final Path BESIEGED = Path.of("../siege/target/quarkus-app/quarkus-run.jar");

  @TempDir Path folder = Path.of("");

  @Test
  void everyPromiseIsKeptThroughKillsAFrozenDatabaseAndAClockThatJumps() {
    String said = besiege("--only=kills,database_away,clock", "--rounds=3");
    assertThat(said)
        .contains("killed the server", "killed PostgreSQL", "killed both")
        .contains("Database away", "clock at");
  }

  @Test
  void everyPromiseIsKeptWhenTheDiskIsFull() {
    assertThat(besiege("--only=disk_full")).containsAnyOf("while it is full", "skipped: ");
  }

  private String besiege(String... options) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] all = {
      options[0],
      options[options.length - 1],
      "--clients=16",
      "--seconds-between=2",
      "--fault-seconds=12",
      "--folder=" + folder
    };
    int status = Siege.run(BESIEGED, new PrintStream(said, true, StandardCharsets.UTF_8), all);
    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(status).as(text).isZero();
    assertThat(text).contains("every promise was kept").doesNotContain("BROKEN");
    return text;
  }
}
