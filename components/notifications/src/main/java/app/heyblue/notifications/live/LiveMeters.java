package app.heyblue.notifications.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** Totals of the live sockets; nothing of whom they are. */
final class LiveMeters {
  private final Counter received;
  private final Counter refused;
  private final Map<Closing, Counter> closed = new EnumMap<>(Closing.class);

  LiveMeters(MeterRegistry meters, Supplier<Number> open) {
    Gauge.builder("heyblue.live.sockets", open)
        .description("Live sockets that are open and have shown a token")
        .register(meters);
    received = messages(meters, "taken");
    refused = messages(meters, "refused");
    for (Closing why : Closing.values()) {
      closed.put(
          why,
          Counter.builder("heyblue.live.closed")
              .tag("code", String.valueOf(why.code()))
              .description("Live sockets that the server closed, by the code that it gave")
              .register(meters));
    }
  }

  private static Counter messages(MeterRegistry meters, String outcome) {
    return Counter.builder("heyblue.live.messages")
        .tag("outcome", outcome)
        .description("Messages that came over live sockets, tokens apart")
        .register(meters);
  }

  void received() {
    received.increment();
  }

  void refused() {
    refused.increment();
  }

  void closed(Closing why) {
    Objects.requireNonNull(closed.get(why)).increment();
  }
}
