package app.heyblue.tracking.engine;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the policy says at one moment, asked once for the same zone and speed in a row. */
final class Judgement {
  private final NearnessPolicy policy;
  private final Officers officers;
  private @Nullable Nearness[] latest = new Nearness[0];
  private float[] speeds = new float[0];
  private Instant now = Instant.EPOCH;

  Judgement(NearnessPolicy policy, Officers officers) {
    this.policy = policy;
    this.officers = officers;
  }

  /** Forgets what was said before. */
  void begin(Instant moment) {
    now = moment;
    Arrays.fill(latest, null);
  }

  Nearness of(int zone, float civilianSpeed) {
    if (zone >= latest.length) {
      int length = Growth.beyond(latest.length, zone);
      latest = Arrays.copyOf(latest, length);
      speeds = Arrays.copyOf(speeds, length);
    }
    Nearness nearness = latest[zone];
    if (nearness == null || speeds[zone] != civilianSpeed) {
      nearness = policy.decide(now, officers.zoneName(zone), civilianSpeed);
      latest[zone] = nearness;
      speeds[zone] = civilianSpeed;
    }
    return nearness;
  }
}
