package app.heyblue.tracking.near;

import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.Rules;
import app.heyblue.tracking.engine.Nearness;
import app.heyblue.tracking.engine.NearnessPolicy;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What the rules of kind {@code proximity} say, looked up and never waited for: the engine asks
 * while everybody's positions wait. So the rules are asked ahead, twice a second, for every zone
 * that an officer is in and every speed in steps of {@value #STEP} m/s.
 */
@Singleton
public class RulesPolicy implements NearnessPolicy {
  /** Speeds are rounded to multiples of this, in metres per second. */
  static final double STEP = 0.5;

  /** What is faster counts as this fast. */
  static final double FASTEST = 40;

  private static final int SPEEDS = (int) (FASTEST / STEP) + 1;
  private static final Logger LOG = Logger.getLogger(RulesPolicy.class);

  private final Rules rules;
  private final Clock clock;
  private final Map<String, Nearness[]> zones = new ConcurrentHashMap<>();

  public RulesPolicy(Rules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public Nearness decide(Instant now, String officerZone, double civilianSpeed) {
    Nearness[] bySpeed = zones.get(officerZone);
    return bySpeed == null
        ? Nearness.NONE
        : bySpeed[(int) Math.round(Math.min(civilianSpeed, FASTEST) / STEP)];
  }

  /** Asks the rules for a zone, unless they were asked before. */
  void prepare(String zone) {
    zones.computeIfAbsent(zone, this::ask);
  }

  /**
   * Asks the rules anew for every zone. While they can't say, what they said last stays.
   *
   * @return false while they can't say
   */
  public boolean refresh() {
    try {
      zones.replaceAll((zone, before) -> ask(zone));
      return true;
    } catch (RuntimeException databaseAway) {
      LOG.debug("The rules can't be asked what is near", databaseAway);
      return false;
    }
  }

  /** How near two people must be at an acceptance; empty where no rule says anything. */
  OptionalLong acceptanceMeters(String zone, Instant now) {
    Long meters = decide(zone, 0, now).outcome().get("acceptanceMeters");
    return meters == null ? OptionalLong.empty() : OptionalLong.of(meters);
  }

  private Nearness[] ask(String zone) {
    Instant now = clock.instant();
    Nearness[] bySpeed = new Nearness[SPEEDS];
    Arrays.setAll(bySpeed, i -> nearness(decide(zone, i * STEP, now)));
    return bySpeed;
  }

  private Decision decide(String zone, double speed, Instant now) {
    return rules.decide(
        RuleKind.PROXIMITY, Map.of("at", now, "timeZone", zone, "civilianSpeed", speed));
  }

  private static Nearness nearness(Decision decision) {
    Map<String, Long> outcome = decision.outcome();
    Long rings = outcome.get("rings");
    Long dwell = outcome.get("dwellSeconds");
    Long alerts = outcome.get("alertsPerDay");
    return !decision.allowed() || rings == null || dwell == null || alerts == null
        ? Nearness.NONE
        : new Nearness(rings.intValue(), dwell.intValue(), alerts.intValue());
  }
}
