package app.heyblue.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's side of the live socket. */
final class LiveSocket implements WebSocket.Listener, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Closed> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private final WebSocket wire;

  /** How the server closed it. */
  record Closed(int code, String reason) {}

  private LiveSocket(URI server) {
    wire =
        CLIENT
            .newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(URI.create("ws" + server.toString().substring(4) + "/api/v1/live"), this)
            .join();
  }

  /** A socket that has said nothing yet. */
  static LiveSocket open(RunningServer server) {
    return new LiveSocket(server.address());
  }

  /** A socket whose token was accepted. */
  static LiveSocket of(RunningServer server, String token) throws InterruptedException {
    LiveSocket socket = open(server);
    socket.say(Map.of("token", token));
    socket.await("welcome");
    return socket;
  }

  void say(Object message) {
    try {
      sayText(JSON.writeValueAsString(message));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void sayText(String text) {
    wire.sendText(text, true).join();
  }

  WebSocket wire() {
    return wire;
  }

  /** The next message. */
  JsonNode next() throws InterruptedException {
    JsonNode message = messages.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError("nothing came over the live socket; closed: " + closed);
    }
    return message;
  }

  /** The next message of a type; others before it are dropped. */
  JsonNode await(String type) throws InterruptedException {
    JsonNode message = next();
    while (!message.path("type").asText().equals(type)) {
      message = next();
    }
    return message;
  }

  /** The next message, unless none comes in time. */
  Optional<JsonNode> next(Duration patience) throws InterruptedException {
    return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
  }

  boolean hasNothing() {
    return messages.isEmpty();
  }

  /** Waits until the server closes. */
  Closed awaitClosed() throws Exception {
    return closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  boolean isOpen() {
    return !closed.isDone();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      try {
        messages.add(JSON.readTree(part.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      part.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(new Closed(code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    wire.abort();
  }
}
