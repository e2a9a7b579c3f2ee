package app.heyblue.tracking.near;

import app.heyblue.kernel.UserId;
import app.heyblue.security.SealedReferences;
import app.heyblue.tracking.TrackingConfig;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What a civilian asks for an officer with: the officer's id, sealed for this civilian and this
 * tick of the slow clock, so that nobody can tell whether two of them name the same officer.
 */
@Singleton
public class OfficerRefs {
  private final SealedReferences references;
  private final long tickMillis;

  public OfficerRefs(SealedReferences references, TrackingConfig config) {
    this.references = references;
    this.tickMillis = config.publishEvery().toMillis();
  }

  String seal(UserId civilian, UserId officer, Instant now) {
    return references.seal(purpose(civilian, tick(now)), officer.value());
  }

  /** Whom a reference of this tick or the one before names. */
  Optional<UserId> open(UserId civilian, String reference, Instant now) {
    long tick = tick(now);
    return LongStream.of(tick, tick - 1)
        .mapToObj(of -> references.open(purpose(civilian, of), reference))
        .flatMap(Optional::stream)
        .findFirst()
        .map(UserId::new);
  }

  private long tick(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), tickMillis);
  }

  private static String purpose(UserId civilian, long tick) {
    return "officer " + civilian + " " + tick;
  }
}
