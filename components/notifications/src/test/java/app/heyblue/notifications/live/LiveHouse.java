package app.heyblue.notifications.live;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.LiveHandler;
import app.heyblue.security.Caller;
import app.heyblue.security.GoodToken;
import app.heyblue.security.SecurityConfig;
import app.heyblue.security.TokenCheck;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;

/** A server with live sockets, tokens of its own, and a room that hears {@code positions}. */
final class LiveHouse implements TokenCheck, LiveHandler, LiveConfig, AutoCloseable {
  static final UserId ANN = new UserId(new UUID(0, 1));
  static final UserId BEN = new UserId(new UUID(0, 2));

  final Map<String, GoodToken> tokens = new ConcurrentHashMap<>();

  /** The tokens that were checked, one after the other. */
  final List<String> checked = new CopyOnWriteArrayList<>();

  /** While it isn't open, no check of a token ends. */
  volatile CountDownLatch gate = new CountDownLatch(0);

  final Set<UUID> ended = ConcurrentHashMap.newKeySet();
  final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
  final BlockingQueue<UserId> disconnected = new LinkedBlockingQueue<>();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Clock clock = ((InstantSource) this::now).withZone(ZoneOffset.UTC);
  final LiveSockets sockets;
  volatile Instant now = Instant.parse("2026-04-01T10:00:00Z");
  volatile Duration tokenWithin = Duration.ofSeconds(10);
  volatile Duration ping = Duration.ofSeconds(30);
  volatile int messagesPerMinute = 600;
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  LiveHouse() {
    configure();
    sockets = new LiveSockets(this, List.of(this), this, clock, meters);
    HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
    new SocketOptions().customizeHttpServer(options);
    server =
        vertx
            .createHttpServer(options)
            .webSocketHandler(wire -> sockets.add(wire, vertx.getOrCreateContext()))
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /** What watches all connections (see security) reads its settings by itself. */
  private static void configure() {
    try {
      SmallRyeConfigBuilder builder =
          new SmallRyeConfigBuilder()
              .withMapping(SecurityConfig.class)
              .withMapping(Class.forName("app.heyblue.security.http.ConnectionsConfig"))
              .withDefaultValue("heyblue.home", "target")
              .withDefaultValue("heyblue.connections.patience", "PT1S");
      ConfigProviderResolver resolver = ConfigProviderResolver.instance();
      resolver.releaseConfig(ConfigProvider.getConfig());
      resolver.registerConfig(builder.build(), Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private Instant now() {
    return now;
  }

  /** A token of a party, good for a quarter of an hour. */
  String token(UserId party) {
    return token(party, now.plus(Duration.ofMinutes(15)));
  }

  String token(UserId party, Instant until) {
    return token(party, until, until);
  }

  String token(UserId party, Instant until, Instant again) {
    String token = "token-" + tokens.size();
    Caller caller = new Caller(party, PartyKind.CIVILIAN, new UUID(1, tokens.size()));
    tokens.put(token, new GoodToken(caller, until, again, null));
    return token;
  }

  UUID session(String token) {
    GoodToken known = tokens.get(token);
    if (known == null) {
      throw new AssertionError(token);
    }
    return known.caller().sessionId();
  }

  Client open() {
    return new Client(server.actualPort());
  }

  /** A socket that has been welcomed. */
  Client open(String token) throws InterruptedException {
    Client client = open();
    client.say("{\"token\":\"" + token + "\"}");
    if (!client.next().path("type").asText().equals("welcome")) {
      throw new AssertionError("not welcome");
    }
    return client;
  }

  @Override
  public Optional<GoodToken> check(String token, Optional<String> deviceId) {
    checked.add(token);
    try {
      gate.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.ofNullable(tokens.get(token)).filter(this::holds);
  }

  @Override
  public boolean holds(GoodToken token) {
    return now.isBefore(token.expiresAt()) && !ended.contains(token.caller().sessionId());
  }

  @Override
  public String member() {
    return "positions";
  }

  @Override
  public void received(Caller caller, JsonNode value) {
    if (value.isNull()) {
      throw ProblemException.invalid("/positions", "There must be some.");
    }
    if (value.isBoolean()) {
      throw CommonProblems.FORBIDDEN.raise("Not now.");
    }
    if (value.isTextual()) {
      throw new IllegalStateException("a fault of the room");
    }
    heard.add(value);
  }

  @Override
  public void disconnected(UserId party) {
    disconnected.add(party);
  }

  @Override
  public Duration tokenWithin() {
    return tokenWithin;
  }

  @Override
  public Duration ping() {
    return ping;
  }

  @Override
  public int messagesPerMinute() {
    return messagesPerMinute;
  }

  @Override
  public void close() throws InterruptedException {
    sockets.stop();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
