package app.heyblue.onboarding;

import app.heyblue.kernel.PartyKind;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings of onboarding. */
@ConfigMapping(prefix = "heyblue.onboarding")
public interface OnboardingConfig {
  /**
   * The agencies' roster, read at each start: CSV in UTF-8 with the header {@code
   * agency,domain,timeZone,zip,badge} and a row per badge. The badges of the agencies in it are
   * replaced by those in it. A faulty file stops the start and names the lines. A running server
   * takes one by {@code POST /api/v1/onboarding/rosters}.
   */
  Optional<Path> rosterFile();

  /**
   * Whether a human looks at every charity ({@code always}), or only at those that the catalog
   * leaves undecided ({@code auto}). The catalog says that a charity is one, not whose a mailbox
   * is.
   */
  @WithDefault("auto")
  CharityReview charityReview();

  /**
   * How long a validator that doesn't answer is asked again before the application goes to a human
   * review without it.
   */
  @WithDefault("10m")
  Duration validatorPatience();

  /** How long an application waits for a review before it expires and its applicant is told so. */
  @WithDefault("30d")
  Duration reviewLimit();

  /** How long an application may wait for a review before the admins are reminded, once a day. */
  @WithDefault("2d")
  Duration reviewReminder();

  /**
   * Providers outside that check evidence, by name; docs/reference/id-provider.md is their
   * contract. For each: {@code .url} (https, or http on loopback), {@code .kinds} (of {@code
   * officer}, {@code charity}, {@code family} and {@code merchant}), {@code .token} (sent as
   * bearer), {@code .time-limit} (5s).
   */
  Map<String, Provider> providers();

  /** When a human looks at charities. */
  enum CharityReview {
    AUTO,
    ALWAYS
  }

  /** A provider outside. */
  interface Provider {
    /** Where it is asked. */
    URI url();

    /** The kinds that it checks. */
    Set<PartyKind> kinds();

    /** The secret by which it knows us. */
    Optional<String> token();

    /** How long it may take. */
    @WithDefault("5s")
    Duration timeLimit();
  }
}
