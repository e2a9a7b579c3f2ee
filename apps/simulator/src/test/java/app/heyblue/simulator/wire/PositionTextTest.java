package app.heyblue.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PositionTextTest {
  @Test
  void writesWhatTheServerReads() {
    PositionText text = new PositionText();
    text.write(-0.0000014, 179.9999999, 8, 1_783_166_400_007L);
    assertThat(text)
        .hasToString(
            "{\"positions\":[{\"latitude\":-0.000001,\"longitude\":180.000000,\"accuracyMeters\":8,"
                + "\"at\":\"2026-07-04T12:00:00.007Z\"}]}");
  }

  @Test
  void writesAnyPlaceToAMillionthOfADegree() throws IOException {
    PositionText text = new PositionText();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      double latitude = random.nextDouble(-90, 90);
      double longitude = random.nextDouble(-180, 180);
      int accuracy = random.nextInt(1000);
      long at = random.nextLong(4_000_000_000_000L);
      text.write(latitude, longitude, accuracy, at);
      JsonNode read = Json.mapper().readTree(text.toString()).path("positions").path(0);
      assertThat(read.path("latitude").asDouble()).isEqualTo(Math.round(latitude * 1e6) / 1e6);
      assertThat(read.path("longitude").asDouble()).isEqualTo(Math.round(longitude * 1e6) / 1e6);
      assertThat(read.path("accuracyMeters").asInt()).isEqualTo(accuracy);
      assertThat(Instant.parse(read.path("at").asText())).isEqualTo(Instant.ofEpochMilli(at));
    }
  }
}
