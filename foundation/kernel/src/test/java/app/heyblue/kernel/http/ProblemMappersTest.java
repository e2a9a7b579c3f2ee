package app.heyblue.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemMappersTest {
  private final ProblemMappers mappers = new ProblemMappers();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoHangsUpInTheMidstOfALongAnswerIsNoErrorOfOurs(boolean told) {
    Exception closed =
        told ? new HttpClosedException("Connection was closed") : new ClosedChannelException();

    IOException writing = new IOException(new IOException("Failed to write", closed));

    assertThat(mappers.body(writing).getStatus()).isEqualTo(400);
  }

  @Test
  void whatElseFailsOnTheWayIs() {
    assertThat(mappers.body(new IOException("No space left on device")).getStatus()).isEqualTo(500);
  }
}
