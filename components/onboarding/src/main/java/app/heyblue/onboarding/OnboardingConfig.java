package app.heyblue.onboarding;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Settings of onboarding. */
@ConfigMapping(prefix = "heyblue.onboarding")
public interface OnboardingConfig {
  /**
   * The agencies' roster, read at each start: CSV in UTF-8 with the header {@code
   * agency,domain,timeZone,zip,badge} and a row per badge. The badges of the agencies in it are
   * replaced by those in it. A faulty file stops the start and names the lines.
   */
  Optional<Path> rosterFile();
}
