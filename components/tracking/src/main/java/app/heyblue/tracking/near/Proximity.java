package app.heyblue.tracking.near;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import app.heyblue.tracking.Closeness;
import app.heyblue.tracking.Tracking;
import app.heyblue.tracking.TrackingConfig;
import app.heyblue.tracking.TrackingProblems;
import app.heyblue.tracking.engine.Fix;
import app.heyblue.tracking.engine.ProximityEngine;
import app.heyblue.tracking.engine.ProximityEvent;
import app.heyblue.tracking.engine.ProximityEvent.Dwelt;
import app.heyblue.tracking.engine.ProximityEvent.Entered;
import app.heyblue.tracking.engine.ProximityEvent.Expired;
import app.heyblue.tracking.engine.ProximityEvent.Left;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The engine in the house: what it says becomes alerts, lists and answers to encounters. */
@Singleton
public class Proximity implements Tracking {
  /** Beyond this and the accuracies, two people can't have met. */
  private static final double APART_METERS = 500;

  /** How old a position may be to speak against a meeting; one may drive far in two minutes. */
  private static final Duration AGAINST = Duration.ofSeconds(20);

  private static final Duration FOR = Duration.ofMinutes(2);

  private final RulesPolicy policy;
  private final OfficerRefs refs;
  private final Bands bands;
  private final Alerts alerts;
  private final Clock clock;
  private final ProximityEngine engine;
  private final Map<UserId, Shown> names = new ConcurrentHashMap<>();
  private final Map<UserId, String> zones = new ConcurrentHashMap<>();

  public Proximity(
      TrackingConfig config, RulesPolicy policy, OfficerRefs refs, Alerts alerts, Clock clock) {
    this.policy = policy;
    this.refs = refs;
    this.bands = new Bands(config.cellResolution());
    this.alerts = alerts;
    this.clock = clock;
    this.engine = new ProximityEngine(config.cellResolution(), policy);
  }

  /**
   * What an officer lets others see.
   *
   * @param version of the profile that says so
   * @param name null where it's nothing
   */
  private record Shown(long version, @Nullable String name) {}

  /**
   * An officer near the caller, as the caller may know it.
   *
   * @param officerRef to ask with; for the caller only, and for a minute at most
   * @param cell the officer's published H3 cell, in hexadecimal
   * @param distanceBand {@code within1km}, {@code within2km}, …: between the two cells
   * @param name null unless the officer shows it
   */
  public record Nearby(
      String officerRef, String cell, String distanceBand, @Nullable String name) {}

  private record Ranked(int rings, Nearby nearby) {}

  /** Makes sure that it's known what the rules say for officers of a zone. */
  public void prepare(String zone) {
    policy.prepare(zone);
  }

  /** An officer of a zone begins to share, or goes on. */
  public void begin(UserId officer, String zone) {
    zones.put(officer, zone);
  }

  /**
   * Sets the name that an officer shows, unless a later word of theirs is known.
   *
   * @param version of the profile that says so
   */
  public void show(UserId officer, long version, Optional<String> name) {
    names.merge(
        officer,
        new Shown(version, name.orElse(null)),
        (before, now) -> before.version() > now.version() ? before : now);
  }

  public void officerAt(UserId officer, Fix fix) {
    engine.officerAt(officer, zones.getOrDefault(officer, "UTC"), fix, clock.instant());
  }

  public void officerGone(UserId officer) {
    names.remove(officer);
    zones.remove(officer);
    tell(engine.officerGone(officer));
  }

  public void civilianAt(UserId civilian, Fix fix, Instant now) {
    tell(engine.civilianAt(civilian, fix, now));
  }

  public void civilianGone(UserId civilian) {
    tell(engine.civilianGone(civilian));
  }

  /** The slow clock ticks. */
  public void publish(Instant now) {
    tell(engine.publish(now));
  }

  /** Time has passed. */
  public void pass(Instant now) {
    tell(engine.pass(now));
  }

  /**
   * Who is near a civilian, nearest first. Those at the same distance are ordered by their
   * references, which begin with chance: anything that lasts longer would tell who is who.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code position-needed})
   */
  public List<Nearby> nearby(UserId civilian) {
    Instant now = clock.instant();
    if (!engine.isPlaced(civilian, now)) {
      throw TrackingProblems.POSITION_NEEDED.raise(
          "There's no position of yours of the last two minutes.");
    }
    return engine.nearby(civilian, now).stream()
        .map(
            near ->
                new Ranked(
                    near.rings(), seen(civilian, near.officer(), near.cell(), near.rings(), now)))
        .sorted(
            Comparator.comparingInt(Ranked::rings)
                .thenComparing(ranked -> ranked.nearby().officerRef()))
        .map(Ranked::nearby)
        .toList();
  }

  @Override
  public Optional<UserId> officer(UserId civilian, String officerRef) {
    Instant now = clock.instant();
    return refs.open(civilian, officerRef, now)
        .filter(officer -> engine.isNear(civilian, officer, now));
  }

  @Override
  public Closeness closeness(UserId civilian, UserId officer) {
    Instant now = clock.instant();
    OptionalDouble gap = engine.gap(civilian, officer, now, FOR);
    if (gap.isEmpty()) {
      return Closeness.UNKNOWN; // most scans: nothing needs to be decided for them
    }
    OptionalLong limit = policy.acceptanceMeters(zones.getOrDefault(officer, "UTC"), now);
    if (limit.isPresent() && gap.getAsDouble() <= limit.getAsLong()) {
      return Closeness.NEAR;
    }
    OptionalDouble latest = engine.gap(civilian, officer, now, AGAINST);
    return latest.isPresent() && latest.getAsDouble() > APART_METERS
        ? Closeness.APART
        : Closeness.UNKNOWN;
  }

  private void tell(List<ProximityEvent> events) {
    List<Due> due = new ArrayList<>();
    for (ProximityEvent event : events) {
      switch (event) {
        case Dwelt dwelt -> {
          Nearby near =
              seen(dwelt.civilian(), dwelt.officer(), dwelt.cell(), dwelt.rings(), clock.instant());
          due.add(new Due(dwelt.civilian(), near));
        }
        // The nearby list shows these to who looks; nobody is told.
        case Entered entered -> {}
        case Left left -> {}
        case Expired expired -> {}
      }
    }
    // In an order of chance, as in the list: several at once mustn't tell who is who.
    due.sort(Comparator.comparing(one -> one.near().officerRef()));
    for (Due one : due) {
      Nearby near = one.near();
      alerts.tell(
          one.civilian(),
          new Alert.OfficerNearby(
              near.officerRef(), near.cell(), near.distanceBand(), near.name()));
    }
  }

  /** Somebody who is to be told of somebody near. */
  private record Due(UserId civilian, Nearby near) {}

  private Nearby seen(UserId civilian, UserId officer, long cell, int rings, Instant now) {
    Shown shown = names.get(officer);
    return new Nearby(
        refs.seal(civilian, officer, now),
        Long.toHexString(cell),
        bands.of(rings),
        shown == null ? null : shown.name());
  }
}
