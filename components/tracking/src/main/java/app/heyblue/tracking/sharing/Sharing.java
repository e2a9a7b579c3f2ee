package app.heyblue.tracking.sharing;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.PersonalCipher;
import app.heyblue.tracking.engine.Fix;
import app.heyblue.tracking.near.Proximity;
import app.heyblue.tracking.postgres.OfficerTable;
import app.heyblue.tracking.postgres.OfficerTable.Officer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which officers share now, in memory only. Sharing ends by itself after {@link #LONGEST}, or
 * {@link #GRACE} after the officer's last position or socket, and takes the officer's place with
 * it.
 */
@Singleton
public class Sharing {
  /** How long sharing lasts after it was switched on. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  /** How long an officer may be silent and without a socket. */
  public static final Duration GRACE = Duration.ofMinutes(2);

  private final Database database;
  private final PersonalCipher cipher;
  private final Proximity proximity;
  private final Alerts alerts;
  private final Clock clock;
  private final LongSupplier nanos;
  private final Map<UserId, Shift> shifts = new ConcurrentHashMap<>();

  /**
   * One officer's sharing.
   *
   * @param session whose end ends it
   * @param begunNanos on a clock that nobody sets, so that setting the other prolongs nothing
   * @param seenNanos when a position or socket of the officer was there last, on the same clock
   */
  private record Shift(UUID session, Instant until, long begunNanos, long seenNanos) {
    Shift seen(long nanos) {
      return new Shift(session, until, begunNanos, nanos);
    }
  }

  @Inject
  public Sharing(
      Database database, PersonalCipher cipher, Proximity proximity, Alerts alerts, Clock clock) {
    this(database, cipher, proximity, alerts, clock, System::nanoTime);
  }

  /** With a stopwatch of one's own, in nanoseconds. */
  public Sharing(
      Database database,
      PersonalCipher cipher,
      Proximity proximity,
      Alerts alerts,
      Clock clock,
      LongSupplier nanos) {
    this.database = database;
    this.cipher = cipher;
    this.proximity = proximity;
    this.alerts = alerts;
    this.clock = clock;
    this.nanos = nanos;
  }

  /**
   * Switches sharing on, or on for another {@link #LONGEST}.
   *
   * @return when it ends by itself
   * @throws app.heyblue.kernel.ProblemException ({@code unavailable}) where the stream hasn't told
   *     of the officer yet
   */
  public Instant on(Caller officer) {
    UserId id = officer.userId();
    Officer known =
        database
            .read(tx -> OfficerTable.find(tx, id))
            .orElseThrow(
                () ->
                    CommonProblems.UNAVAILABLE.raise(
                        "You have just joined, and aren't known here yet. Repeat the request in a"
                            + " moment."));
    Optional<String> name = shownName(id, known);
    proximity.prepare(known.zone());
    Instant until = clock.instant().plus(LONGEST);
    long begun = nanos.getAsLong();
    shifts.compute(
        id,
        (officerId, before) -> {
          proximity.begin(officerId, known.zone());
          proximity.show(officerId, known.version(), name);
          return new Shift(officer.sessionId(), until, begun, begun);
        });
    // Where the officer changed their mind while the shift wasn't there yet.
    changed(id);
    return until;
  }

  /** Switches sharing off; the officer's place is forgotten when it returns. */
  public void off(UserId officer) {
    end(officer, shift -> true);
  }

  /** When the sharing of an officer ends by itself; empty where it's off. */
  public Optional<Instant> until(UserId officer) {
    return Optional.ofNullable(shifts.get(officer)).map(Shift::until);
  }

  /**
   * An officer sent a position.
   *
   * @param fix null where it's too old or too coarse to be used
   * @return false where the officer doesn't share
   */
  public boolean seen(UserId officer, @Nullable Fix fix) {
    Instant now = clock.instant();
    boolean[] taken = {false};
    // In one step with the check: a place that comes while sharing ends must not outlive it.
    shifts.computeIfPresent(
        officer,
        (id, shift) -> {
          if (isOver(shift, now)) {
            return shift;
          }
          taken[0] = true;
          if (fix != null) {
            proximity.officerAt(id, fix);
          }
          return shift.seen(nanos.getAsLong());
        });
    return taken[0];
  }

  /** An officer's last socket closed: the time of grace begins. */
  public void disconnected(UserId officer) {
    long now = nanos.getAsLong();
    shifts.computeIfPresent(officer, (id, shift) -> shift.seen(now));
  }

  /** The session of an officer ended. */
  void signedOut(UserId officer, UUID session) {
    tellEnd(officer, "signedOut", shift -> shift.session().equals(session));
  }

  /** An officer's profile changed. */
  void changed(UserId officer) {
    if (!shifts.containsKey(officer)) {
      return;
    }
    database
        .read(tx -> OfficerTable.find(tx, officer))
        .ifPresent(
            known -> {
              Optional<String> name = shownName(officer, known);
              shifts.computeIfPresent(
                  officer,
                  (id, shift) -> {
                    proximity.show(id, known.version(), name);
                    return shift;
                  });
            });
  }

  /** Ends what is over by now. */
  public void sweep() {
    Instant now = clock.instant();
    for (UserId officer : shifts.keySet()) {
      tellEnd(officer, "timeOver", shift -> isOver(shift, now));
      tellEnd(officer, "silent", shift -> isSilent(officer, shift));
    }
  }

  private boolean isOver(Shift shift, Instant now) {
    return !shift.until().isAfter(now)
        || nanos.getAsLong() - shift.begunNanos() >= LONGEST.toNanos();
  }

  private boolean isSilent(UserId officer, Shift shift) {
    return nanos.getAsLong() - shift.seenNanos() >= GRACE.toNanos() && !alerts.isListening(officer);
  }

  private void tellEnd(UserId officer, String reason, Predicate<Shift> over) {
    if (end(officer, over)) {
      alerts.tell(officer, new Alert.SharingEnded(reason));
    }
  }

  /** In one step with the judgement: sharing may have begun anew meanwhile. */
  private boolean end(UserId officer, Predicate<Shift> over) {
    boolean[] ended = {false};
    shifts.computeIfPresent(
        officer,
        (id, shift) -> {
          if (!over.test(shift)) {
            return shift;
          }
          proximity.officerGone(id);
          ended[0] = true;
          return null;
        });
    return ended[0];
  }

  private Optional<String> shownName(UserId officer, Officer known) {
    byte[] sealed = known.nameSealed();
    return known.showName() && sealed != null
        ? cipher.open(officer, "displayName", sealed)
        : Optional.empty();
  }
}
