package app.heyblue.server;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Talks to a running server over HTTP, as any client would. */
public final class ApiClient {
  private final HttpClient http;
  private final URI server;

  public ApiClient(URI server) {
    this(server, Optional.empty());
  }

  /** Talks to a server of this machine that has TLS by these files. */
  public ApiClient(URI server, Optional<TlsFiles> tls) {
    this.server = server;
    HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5));
    tls.ifPresent(files -> client.sslContext(PinnedCertificate.context(files)));
    this.http = client.build();
  }

  /**
   * An answer.
   *
   * @param body its JSON; missing where the answer has none
   */
  public record Answer(int status, JsonNode body, HttpResponse<String> response) {
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** The answer where it was a success. */
    public Answer orFail() {
      if (!isSuccess()) {
        throw new CommandFailure(
            "The server answered %d: %s".formatted(status, body.path("detail").asText()));
      }
      return this;
    }
  }

  /** A GET; the path begins with a slash. */
  public Answer get(String path, @Nullable String token) {
    return send(request(path, token).GET());
  }

  /** A request with a JSON body. */
  public Answer send(
      String method,
      String path,
      @Nullable String token,
      @Nullable Object body,
      Map<String, String> headers) {
    HttpRequest.Builder request =
        request(path, token)
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(Json.mapper().valueToTree(body).toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    headers.forEach(request::setHeader);
    return send(request);
  }

  /** A POST with a body of another kind, such as an upload. */
  public Answer post(String path, @Nullable String token, String contentType, BodyPublisher body) {
    return send(
        request(path, token)
            .timeout(Duration.ofMinutes(30))
            .header("Content-Type", contentType)
            .POST(body));
  }

  /** A GET whose answer is read as it comes; to be closed. */
  public InputStream stream(String path, @Nullable String token) {
    HttpResponse<InputStream> response =
        send(
            request(path, token).timeout(Duration.ofMinutes(30)).GET().build(),
            BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new CommandFailure("The server answered %d.".formatted(response.statusCode()));
    }
    return response.body();
  }

  private HttpRequest.Builder request(String path, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(60));
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
      return new Answer(response.statusCode(), body, response);
    } catch (JsonProcessingException e) {
      throw new CommandFailure(server + " answers with something else than JSON.");
    }
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (ConnectException e) {
      throw new CommandFailure(
          "No HeyBlue answers at " + server + ". Start it in another terminal: ./heyblue run");
    } catch (SSLException e) {
      throw new CommandFailure(
          "The connection to " + server + " isn't secure: " + e.getMessage() + ".");
    } catch (IOException e) {
      throw new CommandFailure("The connection to " + server + " broke: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("Interrupted.");
    }
  }
}
