package app.heyblue.notifications.domain;

import app.heyblue.kernel.Reading;
import app.heyblue.notifications.postgres.LetterTable;
import app.heyblue.notifications.postgres.LetterTable.Figures;
import app.heyblue.postgres.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;

/** Tells whether letters get away. */
@ApplicationScoped
class LetterMeters {
  private final Reading<Figures> figures;

  LetterMeters(Database database, Clock clock) {
    this.figures =
        new Reading<>(
            "letters", () -> database.read(tx -> LetterTable.figures(tx, clock.instant())));
  }

  void start(@Observes @Priority(500) StartupEvent event, MeterRegistry meters) {
    Gauge.builder("heyblue.letters.waiting", () -> figures.figure(Figures::waiting))
        .description("Letters that haven't gone out yet")
        .register(meters);
    Gauge.builder("heyblue.letters.waiting.time", () -> figures.figure(Figures::oldest))
        .baseUnit("seconds")
        .description("Since the oldest of those was posted")
        .register(meters);
    Gauge.builder("heyblue.letters.given.up", () -> figures.figure(Figures::givenUp))
        .description("Letters given up within the last 30 days")
        .register(meters);
  }
}
