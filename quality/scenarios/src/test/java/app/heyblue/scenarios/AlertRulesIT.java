package app.heyblue.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules for alerts in the guide, by Prometheus's own judgement where it's installed. */
class AlertRulesIT {
  private static final Path GUIDES = Path.of("../../docs/guides");

  @Test
  void theRulesAreValidAndAlarmWhenTheirTestsSay() throws Exception {
    Optional<Path> promtool =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .map(folder -> Path.of(folder, "promtool"))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(promtool.isPresent(), "skipped: there is no promtool; Debian's prometheus has it");
    for (List<String> command :
        List.of(
            List.of("check", "rules", "alerts.yml"), List.of("test", "rules", "alerts-test.yml"))) {
      Process judge =
          new ProcessBuilder(
                  Stream.concat(Stream.of(promtool.get().toString()), command.stream()).toList())
              .directory(GUIDES.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(judge.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(judge.waitFor()).as(said).isZero();
    }
  }
}
