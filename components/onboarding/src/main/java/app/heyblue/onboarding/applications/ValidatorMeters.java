package app.heyblue.onboarding.applications;

import app.heyblue.onboarding.validators.GuardedValidator;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells which validators aren't asked since they fail. */
@ApplicationScoped
class ValidatorMeters {
  private final Verification verification;

  ValidatorMeters(Verification verification) {
    this.verification = verification;
  }

  void start(@Observes @Priority(500) StartupEvent event, MeterRegistry meters) {
    for (GuardedValidator validator : verification.validators()) {
      Gauge.builder(
              "heyblue.validator.cut.off",
              () -> validator.circuit() == CircuitBreakerState.OPEN ? 1 : 0)
          .tag("validator", validator.name())
          .description("1 while the validator isn't asked, since it fails")
          .register(meters);
    }
  }
}
