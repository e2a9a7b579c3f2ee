package app.heyblue.tracking.near;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.Rules;
import app.heyblue.tracking.engine.Nearness;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesPolicyTest {
  private static final String EAST = "America/New_York";
  private static final String WEST = "America/Los_Angeles";

  /** 06:30 in the East, 03:30 in the West. */
  private static final Instant EARLY = Instant.parse("2026-11-24T11:30:00Z");

  private final Neighbour rules = new Neighbour();
  private final RulesPolicy policy = new RulesPolicy(rules, Clock.fixed(EARLY, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource({"0, 1", "7.7, 1", "7.8, -1", "30, -1", "400, -1", "NaN, 1"})
  void aRuleThatAsksForTheSpeedIsAskedInStepsOfHalfAMeterASecond(double speed, int rings) {
    rules.fastest = 8;
    policy.prepare(EAST);
    assertThat(policy.decide(EARLY, EAST, speed).rings()).isEqualTo(rings);
  }

  @Test
  void quietHoursAreThoseOfTheOfficersZone() {
    rules.quietUntil = 6;
    policy.prepare(EAST);
    policy.prepare(WEST);
    assertThat(policy.decide(EARLY, EAST, 0).rings()).isEqualTo(1);
    assertThat(policy.decide(EARLY, WEST, 0)).isEqualTo(Nearness.NONE);
  }

  @Test
  void whatTheRulesSaidLastHoldsWhileTheyCantSay() {
    policy.prepare(EAST);
    rules.away = true;
    assertThat(policy.refresh()).isFalse();
    assertThat(policy.decide(EARLY, EAST, 0)).isEqualTo(new Nearness(1, 30, 20));

    rules.away = false;
    rules.quietUntil = 24;
    assertThat(policy.refresh()).isTrue();
    assertThat(policy.decide(EARLY, EAST, 0)).isEqualTo(Nearness.NONE);
  }

  @Test
  void nothingIsNearForAZoneThatNobodyAskedAbout() {
    assertThat(policy.decide(EARLY, EAST, 0)).isEqualTo(Nearness.NONE);
  }

  /** Rules with a speed and an hour, at another room's door. */
  private static final class Neighbour implements Rules {
    double fastest = 1_000;
    int quietUntil;
    boolean away;

    @Override
    public Decision decide(RuleKind kind, Map<String, Object> facts) {
      if (away) {
        throw new IllegalStateException("the database is away");
      }
      ZoneId zone = ZoneId.of((String) fact(facts, "timeZone"));
      int hour = ((Instant) fact(facts, "at")).atZone(zone).getHour();
      boolean near = (double) fact(facts, "civilianSpeed") < fastest && hour >= quietUntil;
      Map<String, Long> outcome =
          near ? Map.of("rings", 1L, "dwellSeconds", 30L, "alertsPerDay", 20L) : Map.of();
      return new Decision(near, outcome, null, List.of(), List.of(), List.of(), null);
    }

    private static Object fact(Map<String, Object> facts, String name) {
      return Objects.requireNonNull(facts.get(name));
    }
  }
}
