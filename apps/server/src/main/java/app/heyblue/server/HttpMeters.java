package app.heyblue.server;

import app.heyblue.kernel.Unrecorded;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;

/**
 * Keeps the request metrics few, whatever clients send: methods that nothing here answers count
 * together.
 */
@ApplicationScoped
class HttpMeters {
  private static final String REQUESTS = "http.server.requests";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  /** Where most answers, those of a busy server, and those that nobody waits for, part. */
  private static final double[] BOUNDS = {
    nanos(10), nanos(50), nanos(100), nanos(250), nanos(1_000), nanos(5_000)
  };

  @Produces
  @Singleton
  MeterFilter fewSeries() {
    return new MeterFilter() {
      @Override
      public Meter.Id map(Meter.Id id) {
        if (!id.getName().equals(REQUESTS)) {
          return id;
        }
        String path = id.getTag("uri");
        boolean unrecorded = path != null && Unrecorded.covers(path);
        return id.replaceTags(
            id.getTags().stream().map(tag -> unrecorded ? unrecorded(tag) : known(tag)).toList());
      }

      @Override
      public DistributionStatisticConfig configure(
          Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals(REQUESTS)
            ? DistributionStatisticConfig.builder()
                .serviceLevelObjectives(BOUNDS)
                .build()
                .merge(config)
            : config;
      }
    };
  }

  private static Tag known(Tag tag) {
    return tag.getKey().equals("method") && !METHODS.contains(tag.getValue())
        ? Tag.of("method", "OTHER")
        : tag;
  }

  /**
   * All of them are one, or their counts would tell when an officer shares, or accepts; but for
   * what failed here.
   */
  private static Tag unrecorded(Tag tag) {
    return switch (tag.getKey()) {
      case "uri" -> Tag.of("uri", "/api/v1/unrecorded");
      case "status" -> tag.getValue().startsWith("5") ? tag : Tag.of("status", "any");
      default -> Tag.of(tag.getKey(), "any");
    };
  }

  private static double nanos(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }
}
