package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.preferences.PushKind;
import app.heyblue.notifications.push.SubscriptionTable.Interest;
import app.heyblue.notifications.push.SubscriptionTable.Stored;
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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
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
  private final Queue<Wish> wishes = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean asking = new AtomicBoolean();

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

  /** A push whose party may not want it. */
  private record Wish(Interest interest, String message, Duration matters) {}

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
    wishes.add(new Wish(new Interest(party, kind), message, matters));
    if (asking.compareAndSet(false, true)) {
      Thread.ofVirtual().name("push").start(this::askForAll);
    }
  }

  /** Asks who of those that wait wants to be pushed anything, for all of them at once. */
  private void askForAll() {
    do {
      try {
        for (List<Wish> some = some(); !some.isEmpty(); some = some()) {
          deliverWanted(some);
        }
      } finally {
        asking.set(false);
      }
    } while (!wishes.isEmpty() && asking.compareAndSet(false, true));
  }

  private List<Wish> some() {
    List<Wish> some = new ArrayList<>();
    for (Wish wish = wishes.poll(); wish != null; wish = wishes.poll()) {
      some.add(wish);
    }
    return some;
  }

  private void deliverWanted(List<Wish> some) {
    Map<Interest, List<Stored>> wanted;
    try {
      wanted = subscriptions.wanting(some.stream().map(Wish::interest).collect(Collectors.toSet()));
    } catch (RuntimeException e) {
      // Who isn't told why: it would say whom something was told.
      some.forEach(wish -> count(wish.interest().kind(), Outcome.FAILED));
      some.forEach(wish -> leave(wish.interest().party()));
      return;
    }
    for (Wish wish : some) {
      List<Stored> readers = wanted.get(wish.interest());
      if (readers == null) {
        leave(wish.interest().party());
      } else {
        Thread.ofVirtual().name("push").start(() -> deliver(wish, readers));
      }
    }
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

  private void deliver(Wish wish, List<Stored> stored) {
    try {
      sendToEach(wish, open(wish.interest().party(), stored));
    } catch (RuntimeException e) {
      count(wish.interest().kind(), Outcome.FAILED);
    } finally {
      leave(wish.interest().party());
    }
  }

  private void sendToEach(Wish wish, List<Opened> readers) {
    Semaphore turn = new Semaphore(1);
    List<Thread> senders =
        readers.stream()
            .map(
                reader ->
                    Thread.ofVirtual()
                        .name("push")
                        .start(() -> count(wish.interest().kind(), send(wish, reader, turn))))
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
  private List<Opened> open(UserId party, List<Stored> stored) {
    readers.acquireUninterruptibly();
    try {
      return subscriptions.open(party, stored);
    } finally {
      readers.release();
    }
  }

  /**
   * Sends to one of a party's browsers, in its turn. Names are resolved before it, so that no
   * browser's push comes sooner or later for what became of another's name.
   */
  private Outcome send(Wish wish, Opened reader, Semaphore turn) {
    try {
      Optional<URI> endpoint = endpoints.parse(reader.subscription().endpoint().toString());
      Optional<InetAddress> address =
          endpoint.isPresent() ? endpoints.resolve(endpoint.get()) : Optional.empty();
      if (address.isEmpty()) {
        return Outcome.REFUSED;
      }
      byte[] body = encryption.encrypt(wish.message().getBytes(UTF_8), reader.subscription());
      int status = post(endpoint.orElseThrow(), address.get(), headers(reader, wish), body, turn);
      if (status == 404 || status == 410) {
        subscriptions.forget(wish.interest().party(), reader.id());
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

  private Map<String, String> headers(Opened reader, Wish wish) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Authorization", vapid.authorization(reader.subscription().endpoint()));
    headers.put("Content-Encoding", "aes128gcm");
    headers.put("Content-Type", "application/octet-stream");
    headers.put("TTL", String.valueOf(Math.max(1, wish.matters().toSeconds())));
    headers.put("Urgency", wish.interest().kind().urgency());
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
