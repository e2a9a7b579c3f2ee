package app.heyblue.security.identity;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.RateLimit;
import app.heyblue.security.identity.Backoff.Failures;
import app.heyblue.security.limits.AddressLimits;
import app.heyblue.security.limits.CallerAddresses;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Slows guessing down without keeping the owner out. A device that is known to the account has a
 * count of its own, which strangers can't use up. All other devices of the world share three: one
 * per account and network address, one per address, and one per account that only a guesser with
 * many addresses reaches. Addresses without an account are counted alike.
 *
 * <p>Counts of accounts and known devices lie in the database and hold for all processes; those of
 * network addresses lie in memory, since nothing about an address is ever stored.
 */
@ApplicationScoped
class SignInAttempts {
  static final Backoff KNOWN_DEVICE = new Backoff(10, Duration.ZERO);
  static final Backoff ACCOUNT_AND_ADDRESS = new Backoff(10, Duration.ZERO);
  // As many an hour as one address may try: what it tries can't add up to a pause of others.
  static final Backoff ACCOUNT = new Backoff(100, Duration.ofSeconds(36));
  static final RateLimit ADDRESS = new RateLimit("sign-in", 100, Duration.ofHours(1));
  private static final int MOST = 100_000;
  private final Database database;
  private final CallerAddresses addresses;
  private final AddressLimits limits;
  private final Clock clock;
  private final Cache<String, Failures> byAccountAndAddress;

  SignInAttempts(Database database, CallerAddresses addresses, AddressLimits limits, Clock clock) {
    this.database = database;
    this.addresses = addresses;
    this.limits = limits;
    this.clock = clock;
    this.byAccountAndAddress =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Backoff.FORGOTTEN)
            .ticker(() -> Duration.ofMillis(clock.millis()).toNanos())
            .build();
  }

  /** Answers where the password was right, having forgotten the failures, and throws otherwise. */
  interface Work<T> {
    T run(Consumer<Handle> forgetFailures);
  }

  /**
   * Makes an attempt, which counts as failed until it succeeds, so that attempts at once can't pass
   * together; where it ends by anything but a refused password, it doesn't count.
   *
   * @throws ProblemException ({@code too-many-requests}) where it isn't time for another attempt
   */
  <T> T attempt(byte[] email, byte[] device, boolean knownDevice, Work<T> work) {
    if (knownDevice) {
      return counted(subject(email, device), KNOWN_DEVICE, work);
    }
    return limits.countRefusals(ADDRESS, () -> attemptOfStranger(email, work));
  }

  /** {@link #attempt} by somebody who holds an access token. */
  <T> T attemptBySession(UUID session, Work<T> work) {
    return counted(
        digest(session.toString().getBytes(StandardCharsets.US_ASCII)), KNOWN_DEVICE, work);
  }

  private <T> T attemptOfStranger(byte[] email, Work<T> work) {
    Optional<String> here =
        addresses.find().map(address -> address + "/" + HexFormat.of().formatHex(email));
    Optional<Counted> counted = here.map(this::count);
    try {
      T done = counted(email, ACCOUNT, work);
      here.ifPresent(byAccountAndAddress::invalidate);
      return done;
    } catch (RuntimeException e) {
      if (!isRefusal(e)) {
        here.ifPresent(
            key ->
                byAccountAndAddress
                    .asMap()
                    .computeIfPresent(key, (k, now) -> counted.orElseThrow().takenFrom(now)));
      }
      throw e;
    }
  }

  private <T> T counted(byte[] subject, Backoff backoff, Work<T> work) {
    Counted counted = count(subject, backoff);
    try {
      return work.run(tx -> FailureTable.delete(tx, subject));
    } catch (RuntimeException e) {
      if (!isRefusal(e)) {
        restore(subject, counted, e);
      }
      throw e;
    }
  }

  private void restore(byte[] subject, Counted counted, RuntimeException cause) {
    try {
      database.useTransaction(
          tx -> {
            Failures now = FailureTable.hold(tx, subject, counted.after().at());
            FailureTable.put(tx, subject, counted.takenFrom(now));
          });
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }

  /** Whether a password was wrong; pauses, faults and other devices say nothing about it. */
  private static boolean isRefusal(RuntimeException e) {
    return e instanceof ProblemException problem
        && (problem.type().status() == 401 || problem.type().status() == 400);
  }

  /** An attempt that was counted: what stood before it and after. */
  private record Counted(Failures before, Failures after) {
    Failures takenFrom(Failures now) {
      return now.without(before, after);
    }
  }

  /** Starts the counts of a party's account anew. */
  void forget(Handle tx, UserId party) {
    FailureTable.deleteOf(tx, party);
  }

  void purge(Handle tx) {
    FailureTable.purge(tx, clock.instant().minus(Backoff.FORGOTTEN));
  }

  private Counted count(byte[] subject, Backoff backoff) {
    // As exact as the table: what it rounds up would lie in the future.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return database.inTransaction(
        tx -> {
          Failures before = Backoff.seenAt(FailureTable.hold(tx, subject, now), now);
          requirePassed(before, now);
          Failures after = backoff.after(before, now);
          FailureTable.put(tx, subject, after);
          return new Counted(before, after);
        });
  }

  private Counted count(String key) {
    Instant now = clock.instant();
    Failures[] before = {Failures.none(now)};
    Failures after =
        byAccountAndAddress
            .asMap()
            .compute(
                key,
                (k, known) -> {
                  before[0] = known == null ? Failures.none(now) : Backoff.seenAt(known, now);
                  return now.isBefore(before[0].blockedUntil())
                      ? before[0]
                      : ACCOUNT_AND_ADDRESS.after(before[0], now);
                });
    requirePassed(before[0], now);
    return new Counted(before[0], after);
  }

  private static void requirePassed(Failures before, Instant now) {
    if (now.isBefore(before.blockedUntil())) {
      throw tooMany(Duration.between(now, before.blockedUntil()));
    }
  }

  /** As the table computes it, to forget the failures of a party's devices. */
  private static byte[] subject(byte[] email, byte[] device) {
    return digest(ByteBuffer.allocate(email.length + device.length).put(email).put(device).array());
  }

  private static byte[] digest(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ProblemException tooMany(Duration wait) {
    return new ProblemException(
        CommonProblems.TOO_MANY_REQUESTS,
        "Too many failed attempts. Wait as long as `Retry-After` says, or set another password by"
            + " POST /api/v1/password-resets.",
        List.of(),
        Map.of(),
        wait);
  }
}
