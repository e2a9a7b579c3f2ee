package app.heyblue.server;

import app.heyblue.kernel.Serving;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import org.hibernate.validator.HibernateValidatorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Lets the framework start without its validator, which examines the annotations of everything that
 * requests can bring before it's made. The framework touches the one that stands here, and a
 * request the one behind it.
 */
@ApplicationScoped
final class LaterValidation {
  private volatile @Nullable Thread examining;

  @Produces
  @Alternative
  @Priority(1)
  @ApplicationScoped
  HibernateValidatorFactory validation(
      @Named("quarkus-hibernate-validator-factory") HibernateValidatorFactory behind) {
    return behind;
  }

  /** Who comes before it's there waits for it. */
  void examine(@Observes Serving event, HibernateValidatorFactory validation) {
    examining =
        Thread.ofPlatform().daemon().name("heyblue-validation").start(validation::getValidator);
  }

  /** Lets it come to its end, while what it needs is still there. */
  void finish(@Observes ShutdownEvent stop) throws InterruptedException {
    Thread begun = examining;
    if (begun != null) {
      begun.join();
    }
  }
}
