package app.heyblue.benchmarks;

import app.heyblue.testing.town.Api;
import app.heyblue.testing.town.ServerProcess;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The charities of a running server. */
final class Catalog implements AutoCloseable {
  private static final String CHARITIES = "/api/v1/catalogs/charities";

  private final Api api;
  private final String operator;

  Catalog(ServerProcess server) throws IOException {
    this.api = new Api(server.address());
    this.operator = server.operatorToken();
  }

  /** Refreshes, and returns when that has been applied. */
  JsonNode refresh(String source) {
    String refreshes = CHARITIES + "/refreshes";
    JsonNode begun = api.post(refreshes, operator, Map.of("source", source)).orFail();
    while (true) {
      JsonNode refresh = api.get(refreshes + "/" + begun.path("id").asText(), operator).orFail();
      switch (refresh.path("status").asText()) {
        case "running" -> LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        case "applied" -> {
          return refresh;
        }
        default -> throw new IllegalStateException(refresh.toString());
      }
    }
  }

  /** The first ten that a search answers. */
  JsonNode search(String query) {
    return api.get(
            CHARITIES
                + "?limit=10&query="
                + URLEncoder.encode(query, StandardCharsets.UTF_8).replace("+", "%20"),
            null)
        .orFail();
  }

  @Override
  public void close() {
    api.close();
  }
}
