package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.preferences.PushKind;
import app.heyblue.notifications.push.Subscriptions.Opened;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/**
 * Pushes messages, each once: what fails is dropped, and so is what comes while too many are under
 * way, altogether or to one party. Nothing tells what was pushed to whom but the counts by kind and
 * outcome.
 */
@ApplicationScoped
public class Pushes {
  private static final int MOST_AT_ONCE = 512;
  private static final int MOST_OF_A_PARTY = 2;
  private static final int MOST_READING = 4;

  private final Subscriptions subscriptions;
  private final Endpoints endpoints;
  private final Vapid vapid;
  private final Encryption encryption;
  private final Map<PushKind, Map<Outcome, Counter>> counters = new EnumMap<>(PushKind.class);
  private final Map<UserId, Integer> underWay = new ConcurrentHashMap<>();
  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final Semaphore readers = new Semaphore(MOST_READING);

  Pushes(
      Subscriptions subscriptions,
      Endpoints endpoints,
      Vapid vapid,
      SecureRandom random,
      MeterRegistry meters) {
    this.subscriptions = subscriptions;
    this.endpoints = endpoints;
    this.vapid = vapid;
    this.encryption = new Encryption(random);
    for (PushKind kind : PushKind.values()) {
      counters.put(kind, counters(meters, kind));
    }
  }

  /** Makes this now, so that the counts are there before anything is pushed. */
  void start(@Observes @Priority(500) StartupEvent event) {}

  /** What became of a push, as the metrics name it. */
  private enum Outcome {
    ACCEPTED,
    GONE,
    REFUSED,
    FAILED,
    DROPPED
  }

  /**
   * Pushes a message to a party who wants it; returns at once.
   *
   * @param matters how long push services may keep it
   */
  public void push(UserId party, PushKind kind, String message, Duration matters) {
    if (!matters.isPositive()) {
      return;
    }
    if (!enter(party)) {
      count(kind, Outcome.DROPPED);
      return;
    }
    Thread.ofVirtual()
        .name("push")
        .start(
            () -> {
              try {
                pushNow(party, kind, message, matters);
              } finally {
                leave(party);
              }
            });
  }

  private boolean enter(UserId party) {
    if (!room.tryAcquire()) {
      return false;
    }
    boolean[] entered = {false};
    underWay.compute(
        party,
        (key, known) -> {
          int now = known == null ? 0 : known;
          entered[0] = now < MOST_OF_A_PARTY;
          return entered[0] ? now + 1 : now;
        });
    if (!entered[0]) {
      room.release();
    }
    return entered[0];
  }

  private void leave(UserId party) {
    underWay.computeIfPresent(party, (key, known) -> known == 1 ? null : known - 1);
    room.release();
  }

  private void pushNow(UserId party, PushKind kind, String message, Duration matters) {
    List<Opened> readers;
    try {
      readers = read(party, kind);
    } catch (RuntimeException e) {
      // Who isn't told why: it would say whom something was told.
      count(kind, Outcome.FAILED);
      return;
    }
    Semaphore turn = new Semaphore(1);
    List<Thread> senders =
        readers.stream()
            .map(
                reader ->
                    Thread.ofVirtual()
                        .name("push")
                        .start(
                            () -> count(kind, send(party, reader, kind, message, matters, turn))))
            .toList();
    senders.forEach(Pushes::join);
  }

  private static void join(Thread sender) {
    try {
      sender.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A few at a time, so that requests find connections to the database. */
  private List<Opened> read(UserId party, PushKind kind) {
    readers.acquireUninterruptibly();
    try {
      return subscriptions.wanting(party, kind);
    } finally {
      readers.release();
    }
  }

  /**
   * Sends to one of a party's browsers, in its turn. Names are resolved before it, so that no
   * browser's push comes sooner or later for what became of another's name.
   */
  private Outcome send(
      UserId party,
      Opened reader,
      PushKind kind,
      String message,
      Duration matters,
      Semaphore turn) {
    try {
      Optional<URI> endpoint = endpoints.parse(reader.subscription().endpoint().toString());
      Optional<InetAddress> address =
          endpoint.isPresent() ? endpoints.resolve(endpoint.get()) : Optional.empty();
      if (address.isEmpty()) {
        return Outcome.REFUSED;
      }
      byte[] body = encryption.encrypt(message.getBytes(UTF_8), reader.subscription());
      int status =
          post(endpoint.orElseThrow(), address.get(), headers(reader, kind, matters), body, turn);
      if (status == 404 || status == 410) {
        subscriptions.forget(party, reader.id());
        return Outcome.GONE;
      }
      return status / 100 == 2 ? Outcome.ACCEPTED : Outcome.FAILED;
    } catch (IOException | RuntimeException e) {
      return Outcome.FAILED;
    }
  }

  private static int post(
      URI endpoint, InetAddress address, Map<String, String> headers, byte[] body, Semaphore turn)
      throws IOException {
    turn.acquireUninterruptibly();
    try {
      return PushWire.post(endpoint, address, tls(), headers, body);
    } finally {
      turn.release();
    }
  }

  private Map<String, String> headers(Opened reader, PushKind kind, Duration matters) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", vapid.authorization(reader.subscription().endpoint()));
    headers.put("Content-Encoding", "aes128gcm");
    headers.put("Content-Type", "application/octet-stream");
    headers.put("TTL", String.valueOf(Math.max(1, matters.toSeconds())));
    headers.put("Urgency", kind.urgency());
    return headers;
  }

  private static SSLSocketFactory tls() {
    try {
      return SSLContext.getDefault().getSocketFactory();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void count(PushKind kind, Outcome outcome) {
    Objects.requireNonNull(Objects.requireNonNull(counters.get(kind)).get(outcome)).increment();
  }

  private static Map<Outcome, Counter> counters(MeterRegistry meters, PushKind kind) {
    Map<Outcome, Counter> byOutcome = new EnumMap<>(Outcome.class);
    for (Outcome outcome : Outcome.values()) {
      byOutcome.put(
          outcome,
          Counter.builder("heyblue.pushes")
              .tag("kind", kind.toString())
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .description("Pushes, by what became of them")
              .register(meters));
    }
    return byOutcome;
  }
}
