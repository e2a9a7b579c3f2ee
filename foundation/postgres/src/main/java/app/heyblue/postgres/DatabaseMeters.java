package app.heyblue.postgres;

import app.heyblue.kernel.Reading;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How the database is, seen from a connection to it; the embedded one or another. */
@ApplicationScoped
class DatabaseMeters {
  private static final double MILLIS = 1000;

  private final Clock clock;
  private final Reading<State> state;

  DatabaseMeters(Database database, Clock clock) {
    this.clock = clock;
    this.state = new Reading<>("database", () -> read(database));
  }

  /**
   * The database's own figures.
   *
   * @param ahead how far its clock is before ours
   * @param oldest the age of the oldest transaction that is open
   */
  private record State(
      long bytes, Duration up, long connections, long blocked, Duration oldest, Duration ahead) {}

  void start(@Observes @Priority(500) StartupEvent event, MeterRegistry meters) {
    Gauge.builder("heyblue.database.up", () -> state.get().isPresent() ? 1 : 0)
        .description("1 where the database answers")
        .register(meters);
    gauge(meters, "size", "bytes", "The database's size on its disk", State::bytes);
    gauge(
        meters,
        "uptime",
        "seconds",
        "Since PostgreSQL was started",
        figures -> seconds(figures.up()));
    gauge(meters, "connections", null, "Open connections of anybody", State::connections);
    gauge(meters, "blocked", null, "Connections that wait for a lock", State::blocked);
    gauge(
        meters,
        "oldest.transaction",
        "seconds",
        "Age of the oldest open transaction",
        figures -> seconds(figures.oldest()));
    gauge(
        meters,
        "clock.ahead",
        "seconds",
        "How far the database's clock is before this machine's",
        figures -> seconds(figures.ahead()));
  }

  private void gauge(
      MeterRegistry meters,
      String name,
      @Nullable String unit,
      String description,
      ToDoubleFunction<State> figure) {
    Gauge.builder("heyblue.database." + name, () -> state.figure(figure))
        .baseUnit(unit)
        .description(description)
        .register(meters);
  }

  private State read(Database database) {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select pg_database_size(current_database()),
                      extract(epoch from clock_timestamp() - pg_postmaster_start_time()) * 1000,
                      count(*), count(*) filter (where wait_event_type = 'Lock'),
                      coalesce(max(extract(epoch from clock_timestamp() - xact_start))
                        filter (where pid <> pg_backend_pid()), 0) * 1000,
                      clock_timestamp()
                    from pg_stat_activity where datname = current_database()
                    """)
                .map(
                    (row, context) ->
                        new State(
                            row.getLong(1),
                            Duration.ofMillis(row.getLong(2)),
                            row.getLong(3),
                            row.getLong(4),
                            Duration.ofMillis(row.getLong(5)),
                            Duration.between(
                                clock.instant(),
                                row.getObject(6, OffsetDateTime.class).toInstant())))
                .one());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / MILLIS;
  }
}
