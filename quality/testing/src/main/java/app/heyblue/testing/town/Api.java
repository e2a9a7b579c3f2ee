package app.heyblue.testing.town;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A client of the HTTP API that any number of threads share. */
public final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final URI server;

  public Api(URI server) {
    this.server = server;
  }

  /**
   * A GET; the path begins with a slash.
   *
   * @throws NoAnswer where none came
   */
  public Answer get(String path, @Nullable String token) {
    return send(request(path, token).GET());
  }

  /**
   * A POST with a JSON body.
   *
   * @throws NoAnswer where none came
   */
  public Answer post(String path, @Nullable String token, Object body) {
    return send(posting(path, token, body));
  }

  /** {@link #post(String, String, Object)} with an idempotency key. */
  public Answer post(String path, @Nullable String token, Object body, String key) {
    return send(posting(path, token, body).header("Idempotency-Key", key));
  }

  /** Saves what a GET answers, whatever its size. */
  public void download(String path, @Nullable String token, Path file) throws IOException {
    HttpResponse<InputStream> response =
        send(
            request(path, token).timeout(Duration.ofMinutes(30)).GET().build(),
            BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            "The server answered %d to %s".formatted(response.statusCode(), path));
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private HttpRequest.Builder posting(String path, @Nullable String token, Object body) {
    return request(path, token)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(Json.mapper().valueToTree(body).toString()));
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    HttpResponse<String> response = send(request.build(), BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    try {
      JsonNode body =
          type.contains("json") && !type.contains("ndjson")
              ? Json.mapper().readTree(response.body())
              : MissingNode.getInstance();
      return new Answer(response.statusCode(), body, response.headers());
    } catch (IOException e) {
      throw new IllegalStateException("not JSON: " + response.body(), e);
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new NoAnswer(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoAnswer(e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
