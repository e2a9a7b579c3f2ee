package app.heyblue.onboarding.applications;

import app.heyblue.onboarding.OnboardingConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The settings as they are by default, some of which a test may change. */
final class HouseConfig implements OnboardingConfig {
  volatile CharityReview charityReview = CharityReview.AUTO;

  @Override
  public Optional<Path> rosterFile() {
    return Optional.empty();
  }

  @Override
  public CharityReview charityReview() {
    return charityReview;
  }

  @Override
  public Duration validatorPatience() {
    return Duration.ofMinutes(10);
  }

  @Override
  public Duration reviewLimit() {
    return Duration.ofDays(30);
  }

  @Override
  public Duration reviewReminder() {
    return Duration.ofDays(2);
  }

  @Override
  public Map<String, Provider> providers() {
    return Map.of();
  }
}
