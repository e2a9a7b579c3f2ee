package app.heyblue.tracking;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of tracking. */
@ConfigMapping(prefix = "heyblue.tracking")
public interface TrackingConfig {
  /**
   * Resolution of the H3 cells that are all that anybody learns of where an officer is: 8 (0.74 km²
   * on average) or coarser, down to 5 (253 km²).
   */
  @WithDefault("8")
  int cellResolution();

  /**
   * How often officers' cells are published, a second to ten minutes. Shorter than the default
   * tells more exactly when an officer passed from one cell to the next: for trials only.
   */
  @WithDefault("30S")
  Duration publishEvery();

  /** How often a person may ask who is nearby in a day (UTC), 1 to 10,000 times. */
  @WithDefault("300")
  int nearbyPerDay();
}
