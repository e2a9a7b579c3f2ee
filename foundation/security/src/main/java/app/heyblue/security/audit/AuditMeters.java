package app.heyblue.security.audit;

import app.heyblue.kernel.Reading;
import app.heyblue.postgres.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Tells whether the trail's chain keeps up. */
@ApplicationScoped
class AuditMeters {
  private final Reading<Long> unchained;

  AuditMeters(Database database) {
    this.unchained = new Reading<>("audit", () -> database.read(ChainTable::countPending));
  }

  void start(@Observes @Priority(500) StartupEvent event, MeterRegistry meters) {
    Gauge.builder("heyblue.audit.unchained", () -> unchained.figure(Long::doubleValue))
        .description("Audit records that aren't chained and signed yet")
        .register(meters);
  }
}
