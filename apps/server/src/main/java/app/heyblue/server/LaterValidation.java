package app.heyblue.server;

import app.heyblue.kernel.Serving;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import org.hibernate.validator.HibernateValidatorFactory;

/**
 * Lets the framework start without its validator, which examines the annotations of everything that
 * requests can bring before it's made. The framework touches the one that stands here, and a
 * request the one behind it.
 */
@ApplicationScoped
final class LaterValidation {
  @Produces
  @Alternative
  @Priority(1)
  @ApplicationScoped
  HibernateValidatorFactory validation(
      @Named("quarkus-hibernate-validator-factory") HibernateValidatorFactory examining) {
    return examining;
  }

  /** Who comes before it's there waits for it. */
  void examine(@Observes Serving event, HibernateValidatorFactory validation) {
    Thread.ofPlatform().daemon().name("heyblue-validation").start(validation::getValidator);
  }
}
