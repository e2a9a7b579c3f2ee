package app.heyblue.simulator.people;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server's HTTP API; any number of threads share it, and not too many ask at once. */
public final class Api implements AutoCloseable {
  public static final String PATH = "/api/v1";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int AT_ONCE = 32;

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI server;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  public Api(URI server) {
    this.server = server;
  }

  /**
   * An answer, or that there was none.
   *
   * @param status 0 where no answer came
   * @param body its JSON; missing where it has none
   */
  public record Answer(int status, JsonNode body) {
    static final Answer NONE = new Answer(0, MissingNode.getInstance());

    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** What went wrong: the slug of its problem. */
    public String problem() {
      String type = body.path("type").asText();
      return status == 0
          ? "no-answer"
          : type.isEmpty() ? "status-" + status : type.substring(type.lastIndexOf('/') + 1);
    }

    /** What to say of it to a person. */
    public String sentence() {
      return status == 0
          ? "no answer came"
          : "it answered %d: %s".formatted(status, body.path("detail").asText());
    }
  }

  public Answer get(String path, @Nullable String token) {
    return send("GET", path, token, null);
  }

  public Answer post(String path, @Nullable String token, Object body) {
    return send("POST", path, token, body);
  }

  /** Asks on a thread of its own, and hands the answer over on that. */
  public void later(
      String method,
      String path,
      @Nullable String token,
      @Nullable Object body,
      Consumer<Answer> then) {
    Thread.ofVirtual()
        .name("heyblue-simulator")
        .start(() -> then.accept(send(method, path, token, body)));
  }

  /** Sends a request and waits for its answer. */
  public Answer send(String method, String path, @Nullable String token, @Nullable Object body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(PATH + path))
            .timeout(PATIENCE)
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(Json.mapper().valueToTree(body).toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      turns.acquire();
      try {
        return answer(http.send(request.build(), BodyHandlers.ofString()));
      } finally {
        turns.release();
      }
    } catch (IOException e) {
      return Answer.NONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.NONE;
    }
  }

  private static Answer answer(HttpResponse<String> response) throws IOException {
    boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
    return new Answer(
        response.statusCode(),
        json ? Json.mapper().readTree(response.body()) : MissingNode.getInstance());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
