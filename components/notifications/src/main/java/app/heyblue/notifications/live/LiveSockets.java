package app.heyblue.notifications.live;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.LiveHandler;
import app.heyblue.security.GoodToken;
import app.heyblue.security.TokenCheck;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.ServerWebSocket;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The sockets that are open in this process, by party, and the rooms that take their messages. Once
 * a second each is looked at; that also ends those whose session ended, wherever it was ended.
 */
@ApplicationScoped
public class LiveSockets {
  private static final Logger LOG = Logger.getLogger(LiveSockets.class);
  private static final int MOST_PER_PARTY = 3;
  private static final Duration LEAST = Duration.ofSeconds(1);

  private final TokenCheck tokens;
  private final List<LiveHandler> rooms;
  private final LiveConfig config;
  private final Clock clock;
  private final LiveMeters meters;
  private final Set<LiveSocket> open = ConcurrentHashMap.newKeySet();
  private final Map<UserId, List<LiveSocket>> byParty = new ConcurrentHashMap<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Map<String, LiveHandler> handlers = Map.of();
  private @Nullable Thread watch;

  LiveSockets(
      TokenCheck tokens,
      @All List<LiveHandler> rooms,
      LiveConfig config,
      Clock clock,
      MeterRegistry meters) {
    this.tokens = tokens;
    this.rooms = rooms;
    this.config = config;
    this.clock = clock;
    this.meters = new LiveMeters(meters, this::signed);
  }

  void start(@Observes @Priority(300) StartupEvent event) {
    requireUsable(config);
    start();
  }

  private static void requireUsable(LiveConfig config) {
    if (config.tokenWithin().compareTo(LEAST) < 0 || config.ping().compareTo(LEAST) < 0) {
      throw new IllegalArgumentException(
          "heyblue.live.token-within and heyblue.live.ping are a second at least");
    }
    if (config.messagesPerMinute() < 1) {
      throw new IllegalArgumentException("heyblue.live.messages-per-minute is 1 at least");
    }
  }

  void start() {
    Map<String, LiveHandler> found = new HashMap<>();
    for (LiveHandler room : rooms) {
      if (found.put(room.member(), room) != null) {
        throw new IllegalStateException("two rooms take the member " + room.member());
      }
    }
    handlers = Map.copyOf(found);
    watch = Thread.ofPlatform().name("live-sockets").daemon().start(this::watch);
  }

  /** Before requests are waited for: an open socket is one to the framework. */
  void leave(@Observes ShutdownDelayInitiatedEvent event) throws InterruptedException {
    stop();
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stop();
  }

  void stop() throws InterruptedException {
    stopped.countDown();
    open.forEach(socket -> socket.close(Closing.STOPPING));
    Thread running = watch;
    if (running != null) {
      running.join(Duration.ofSeconds(5));
    }
  }

  private void watch() {
    long pingEvery = Math.max(1, config.ping().toSeconds());
    long tick = 0;
    try {
      while (!stopped.await(1, TimeUnit.SECONDS)) {
        tick(tick++, pingEvery);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Each second another part of the sockets is pinged, so that it's never all at once. */
  private void tick(long tick, long pingEvery) {
    Instant now = clock.instant();
    long nanos = System.nanoTime();
    for (LiveSocket socket : open) {
      try {
        boolean ping = Math.floorMod(System.identityHashCode(socket) - tick, pingEvery) == 0;
        socket.tick(now, nanos, ping);
      } catch (RuntimeException e) {
        LOG.error("A live socket couldn't be looked after", e);
      }
    }
  }

  /** Takes a connection in that has become a socket. */
  void add(ServerWebSocket wire, Context loop) {
    LiveSocket socket = new LiveSocket(wire, loop, this);
    open.add(socket);
    socket.open();
    if (stopped.getCount() == 0) {
      socket.close(Closing.STOPPING);
    }
  }

  /** Sends a message to all sockets of a party; false where none is open. */
  public boolean send(UserId party, String message) {
    List<LiveSocket> sockets = byParty.getOrDefault(party, List.of());
    sockets.forEach(socket -> socket.send(message));
    return !sockets.isEmpty();
  }

  private int signed() {
    return byParty.values().stream().mapToInt(List::size).sum();
  }

  public boolean isListening(UserId party) {
    return byParty.containsKey(party);
  }

  void join(UserId party, LiveSocket socket) {
    List<LiveSocket> now =
        byParty.merge(
            party,
            List.of(socket),
            (known, added) -> {
              List<LiveSocket> all = new ArrayList<>(known);
              all.addAll(added);
              return List.copyOf(all);
            });
    now.subList(0, Math.max(0, now.size() - MOST_PER_PARTY))
        .forEach(old -> old.close(Closing.REPLACED));
  }

  void leave(UserId party, LiveSocket socket) {
    boolean[] last = {false};
    byParty.computeIfPresent(
        party,
        (key, known) -> {
          List<LiveSocket> left = known.stream().filter(one -> one != socket).toList();
          last[0] = left.isEmpty() && !known.isEmpty();
          return left.isEmpty() ? null : left;
        });
    if (last[0]) {
      handlers.values().forEach(room -> disconnected(room, party));
    }
  }

  private static void disconnected(LiveHandler room, UserId party) {
    try {
      room.disconnected(party);
    } catch (RuntimeException e) {
      LOG.error("A room couldn't take in that a live socket closed", e);
    }
  }

  void forget(LiveSocket socket) {
    open.remove(socket);
  }

  /** {@link TokenCheck#check}; the future completes on the event loop of the socket that asks. */
  Future<@Nullable Optional<GoodToken>> check(
      Context loop, String token, Optional<String> deviceId) {
    return loop.executeBlocking(() -> tokens.check(token, deviceId), false);
  }

  @Nullable LiveHandler handler(String member) {
    return handlers.get(member);
  }

  TokenCheck tokens() {
    return tokens;
  }

  LiveMeters meters() {
    return meters;
  }

  /** How long a socket may be open without a token. */
  Duration patience() {
    return config.tokenWithin();
  }

  int messagesPerMinute() {
    return config.messagesPerMinute();
  }
}
