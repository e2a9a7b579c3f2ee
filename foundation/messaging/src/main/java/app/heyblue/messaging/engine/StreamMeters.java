package app.heyblue.messaging.engine;

import app.heyblue.kernel.Reading;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.messaging.postgres.StreamFigures;
import app.heyblue.messaging.postgres.StreamFigures.Head;
import app.heyblue.messaging.postgres.StreamFigures.Place;
import app.heyblue.messaging.signals.Progress;
import app.heyblue.postgres.Database;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Tells who waits for what in the streams. */
@ApplicationScoped
public class StreamMeters {
  private final Progress progress;
  private final Reading<StreamFigures> figures;

  public StreamMeters(Database database, Clock clock, Progress progress) {
    this.progress = progress;
    this.figures =
        new Reading<>(
            "streams", () -> database.read(tx -> StreamFigures.read(tx, clock.instant())));
  }

  void start(
      @Observes @Priority(1001) StartupEvent event,
      MeterRegistry meters,
      @All List<StreamConsumer> consumers) {
    for (Stream stream : Stream.values()) {
      stream(meters, stream, "head", null, "The position of the newest event", Head::position);
      stream(
          meters,
          stream,
          "waiting",
          null,
          "Committed events that have no position yet",
          Head::waiting);
      stream(
          meters,
          stream,
          "waiting.time",
          "seconds",
          "Since the oldest of those was appended",
          Head::waitingSeconds);
    }
    consumers.forEach(consumer -> consumer(meters, consumer));
  }

  private void consumer(MeterRegistry meters, StreamConsumer consumer) {
    place(meters, consumer, "position", null, "The last event it is past", Place::position);
    place(meters, consumer, "lag", "events", "Events that lie before it", Place::lag);
    place(
        meters,
        consumer,
        "lag.time",
        "seconds",
        "Since the next of those was appended",
        Place::lagSeconds);
    place(meters, consumer, "parked", null, "Events it couldn't take in", Place::parked);
    FunctionCounter.builder(
            "heyblue.consumer.failures", progress, counted -> counted.failures(consumer.name()))
        .tags(tags(consumer))
        .description("Deliveries in vain, in this process")
        .register(meters);
  }

  private void stream(
      MeterRegistry meters,
      Stream stream,
      String name,
      @Nullable String unit,
      String description,
      ToDoubleFunction<Head> figure) {
    Gauge.builder(
            "heyblue.stream." + name,
            () -> number(figures.get().map(all -> all.streams().get(stream.toString())), figure))
        .tag("stream", stream.toString())
        .baseUnit(unit)
        .description(description)
        .register(meters);
  }

  private void place(
      MeterRegistry meters,
      StreamConsumer consumer,
      String name,
      @Nullable String unit,
      String description,
      ToDoubleFunction<Place> figure) {
    Gauge.builder(
            "heyblue.consumer." + name,
            () -> number(figures.get().map(all -> all.consumers().get(consumer.name())), figure))
        .tags(tags(consumer))
        .baseUnit(unit)
        .description(description)
        .register(meters);
  }

  private static Tags tags(StreamConsumer consumer) {
    return Tags.of("consumer", consumer.name(), "stream", consumer.stream().toString());
  }

  private static <T> double number(Optional<T> known, ToDoubleFunction<T> figure) {
    return known.map(figure::applyAsDouble).orElse(Double.NaN);
  }
}
