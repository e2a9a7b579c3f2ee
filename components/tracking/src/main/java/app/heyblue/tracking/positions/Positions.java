package app.heyblue.tracking.positions;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.tracking.TrackingProblems;
import app.heyblue.tracking.engine.Fix;
import app.heyblue.tracking.near.Proximity;
import app.heyblue.tracking.sharing.Sharing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** Takes in where people say they are. It waits for nobody: neither the database nor the rules. */
@Singleton
public class Positions {
  /** Positions that are less exact say nothing about who is near whom. */
  static final double TOO_COARSE_METERS = 300;

  /** What an accuracy can at most excuse at a meeting; a larger one could be a lie. */
  static final double MOST_ALLOWANCE_METERS = 100;

  /** What is older isn't where somebody is. */
  static final Duration LATEST = Duration.ofMinutes(2);

  private final Withdrawals withdrawals;
  private final Sharing sharing;
  private final Proximity proximity;
  private final Tracks tracks;
  private final Clock clock;
  private final Counter received;
  private final Counter jumped;

  public Positions(
      Withdrawals withdrawals,
      Sharing sharing,
      Proximity proximity,
      Tracks tracks,
      Clock clock,
      MeterRegistry meters) {
    this.withdrawals = withdrawals;
    this.sharing = sharing;
    this.proximity = proximity;
    this.tracks = tracks;
    this.clock = clock;
    this.received =
        Counter.builder("heyblue.tracking.positions")
            .description("Positions of civilians that were taken in")
            .register(meters);
    this.jumped =
        Counter.builder("heyblue.tracking.jumps")
            .description("Positions of civilians that nobody can have reached since the one before")
            .register(meters);
  }

  /** Is there from the start, so that its counts are. */
  void start(@Observes @Priority(500) StartupEvent started) {}

  /**
   * Takes in a batch: all of it, or nothing.
   *
   * @param batch 1 to 100 positions in the order of their times
   * @throws app.heyblue.kernel.ProblemException ({@code invalid-input}; {@code not-sharing} for an
   *     officer; {@code consent-withdrawn} for a civilian)
   */
  public void take(Caller caller, List<Position> batch) {
    Instant now = clock.instant();
    PositionChecks.require(batch, now);
    if (caller.kind() == PartyKind.OFFICER) {
      takeOfficers(caller.userId(), batch, now);
    } else {
      takeCivilians(caller.userId(), batch, now);
      received.increment(batch.size());
    }
  }

  private void takeOfficers(UserId officer, List<Position> batch, Instant now) {
    Position last = batch.getLast();
    if (!sharing.seen(officer, isUsable(last, now) ? fix(last, now) : null)) {
      throw TrackingProblems.NOT_SHARING.raise(
          "Your position isn't taken: you aren't sharing, or not any more.");
    }
  }

  private void takeCivilians(UserId civilian, List<Position> batch, Instant now) {
    if (withdrawals.contains(civilian)) {
      throw TrackingProblems.CONSENT_WITHDRAWN.raise(
          "You withdrew your consent to your position being known.");
    }
    Instant oldest = now.minus(Tracks.KEPT);
    int jumps =
        tracks.add(
            civilian,
            batch.getFirst().at().isAfter(oldest)
                ? batch
                : batch.stream().filter(position -> position.at().isAfter(oldest)).toList());
    if (jumps > 0) {
      jumped.increment(jumps);
    }
    // The last two tell the speed; what lies before them is past.
    for (Position position : batch.subList(Math.max(0, batch.size() - 2), batch.size())) {
      if (isUsable(position, now)) {
        proximity.civilianAt(civilian, fix(position, now), now);
      }
    }
    // Consent may have been withdrawn meanwhile.
    if (withdrawals.contains(civilian)) {
      proximity.civilianGone(civilian);
      tracks.forgetGathered(civilian);
    }
  }

  /** Forgets a civilian's positions, in a transaction together with more work. */
  public void forget(UserId civilian, Consumer<Handle> more) {
    proximity.civilianGone(civilian);
    tracks.forget(civilian, more);
  }

  private static boolean isUsable(Position position, Instant now) {
    return position.accuracyMeters() <= TOO_COARSE_METERS
        && position.at().isAfter(now.minus(LATEST));
  }

  /** Clocks that are a little ahead mustn't make a position last longer. */
  private static Fix fix(Position position, Instant now) {
    return new Fix(
        position.latitude(),
        position.longitude(),
        Math.min(position.accuracyMeters(), MOST_ALLOWANCE_METERS),
        position.at().isAfter(now) ? now : position.at());
  }
}
