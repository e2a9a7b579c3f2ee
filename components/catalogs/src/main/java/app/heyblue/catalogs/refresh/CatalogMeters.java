package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.RefreshTable.Figures;
import app.heyblue.catalogs.search.CharityIndex;
import app.heyblue.kernel.Reading;
import app.heyblue.postgres.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Handle;

/** Tells how old the catalogs are and whether they can be searched. */
@ApplicationScoped
class CatalogMeters {
  private final Clock clock;
  private final CharityIndex index;
  private final Reading<State> state;

  CatalogMeters(Database database, Clock clock, CharityIndex index) {
    this.clock = clock;
    this.index = index;
    this.state = new Reading<>("catalogs", () -> database.read(CatalogMeters::read));
  }

  private record State(
      Map<CatalogName, Figures> refreshes, Map<CatalogFormat, Instant> lastApplied) {}

  private static State read(Handle tx) {
    State state = new State(new EnumMap<>(CatalogName.class), new EnumMap<>(CatalogFormat.class));
    for (CatalogName catalog : CatalogName.values()) {
      state.refreshes().put(catalog, RefreshTable.figures(tx, catalog));
    }
    for (CatalogFormat format : CatalogFormat.values()) {
      RefreshTable.lastApplied(tx, format).ifPresent(time -> state.lastApplied().put(format, time));
    }
    return state;
  }

  void start(@Observes @Priority(500) StartupEvent event, MeterRegistry meters) {
    for (CatalogFormat format : CatalogFormat.values()) {
      Gauge.builder("heyblue.catalog.age", () -> age(format))
          .tag("format", format.toString())
          .baseUnit("seconds")
          .description("Since such a file was last taken in; none before the first")
          .register(meters);
    }
    for (CatalogName catalog : CatalogName.values()) {
      Gauge.builder("heyblue.catalog.refreshing", () -> refreshes(catalog, Figures::running))
          .tag("catalog", catalog.toString())
          .description("1 while a refresh runs")
          .register(meters);
      Gauge.builder("heyblue.catalog.refused", () -> refreshes(catalog, Figures::refused))
          .tag("catalog", catalog.toString())
          .description("1 where the latest refresh that ended was refused")
          .register(meters);
    }
    Gauge.builder("heyblue.catalog.searchable", () -> index.isReady() ? 1 : 0)
        .description("1 where charities can be searched")
        .register(meters);
  }

  private double age(CatalogFormat format) {
    return state.figure(
        all -> {
          Instant time = all.lastApplied().get(format);
          return time == null
              ? Double.NaN
              : Math.max(0, Duration.between(time, clock.instant()).toSeconds());
        });
  }

  private double refreshes(CatalogName catalog, ToDoubleFunction<Figures> figure) {
    return state.figure(
        all -> {
          Figures figures = all.refreshes().get(catalog);
          return figures == null ? Double.NaN : figure.applyAsDouble(figures);
        });
  }
}
