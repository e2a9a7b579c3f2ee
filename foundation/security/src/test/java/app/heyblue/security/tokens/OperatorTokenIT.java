package app.heyblue.security.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.security.House;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorTokenIT {
  @TempDir Path home;

  @Test
  void isNewAtEachStartForItsOwnerOnlyAndGoneAtTheStop() throws IOException {
    Path file = home.resolve("run/operator.token");
    OperatorToken first = new OperatorToken(House.config(home), new SecureRandom());
    assertThat(first.matches("")).isFalse();
    first.start(new StartupEvent());
    String token = Files.readString(file);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(first.matches(token)).isTrue();
    assertThat(first.matches(token + "x")).isFalse();

    OperatorToken second = new OperatorToken(House.config(home), new SecureRandom());
    second.start(new StartupEvent());
    assertThat(second.matches(token)).isFalse();

    first.stop(new ShutdownEvent());
    assertThat(first.matches(token)).isFalse();
    assertThat(second.matches(Files.readString(file))).isTrue();
    second.stop(new ShutdownEvent());
    assertThat(file).doesNotExist();
  }
}
