package app.heyblue.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Tells how much room the data folder has. */
@ApplicationScoped
class DiskMeters {
  private final Path home;

  DiskMeters(@ConfigProperty(name = "heyblue.home") Path home) {
    this.home = home;
  }

  void start(@Observes @Priority(500) StartupEvent event, MeterRegistry meters) {
    Gauge.builder("heyblue.disk.free", () -> home.toFile().getUsableSpace())
        .baseUnit("bytes")
        .description("Room left on the data folder's disk")
        .register(meters);
    Gauge.builder("heyblue.disk.total", () -> home.toFile().getTotalSpace())
        .baseUnit("bytes")
        .description("The size of that disk")
        .register(meters);
  }
}
