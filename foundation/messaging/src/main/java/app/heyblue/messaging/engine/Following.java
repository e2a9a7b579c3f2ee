package app.heyblue.messaging.engine;

import app.heyblue.messaging.BatchConsumer;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.messaging.TraceContext;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A consumer's work on an event, as a span of the trace in which the event was appended. */
final class Following {
  private Following() {}

  /** Has the consumer take in the event; that costs nothing more where nothing is traced. */
  static void accept(StreamConsumer consumer, Handle tx, Event event) {
    String traceparent = event.traceparent();
    if (traceparent == null) {
      consumer.accept(tx, event);
      return;
    }
    Span span = span(consumer, event, traceparent);
    try (Scope _ = span.makeCurrent()) {
      consumer.accept(tx, event);
    } catch (Throwable e) {
      // The kind of failure only: its message may quote what people entered.
      span.setStatus(StatusCode.ERROR, e.getClass().getName());
      throw e;
    } finally {
      span.end();
    }
  }

  /** {@link #accept} of many at once: each trace sees the work on all of them. */
  static void acceptAll(BatchConsumer consumer, Handle tx, List<Event> batch) {
    List<Span> spans = new ArrayList<>();
    for (Event event : batch) {
      String traceparent = event.traceparent();
      if (traceparent != null) {
        spans.add(span(consumer, event, traceparent));
      }
    }
    try {
      consumer.acceptAll(tx, batch);
    } catch (Throwable e) {
      spans.forEach(span -> span.setStatus(StatusCode.ERROR, e.getClass().getName()));
      throw e;
    } finally {
      spans.forEach(Span::end);
    }
  }

  private static Span span(StreamConsumer consumer, Event event, String traceparent) {
    return GlobalOpenTelemetry.getTracer("app.heyblue.messaging")
        .spanBuilder("process " + consumer.name())
        .setParent(Context.root().with(Span.wrap(TraceContext.parse(traceparent))))
        .setSpanKind(SpanKind.CONSUMER)
        .setAttribute("messaging.system", "heyblue")
        .setAttribute("messaging.operation.type", "process")
        .setAttribute("messaging.destination.name", event.stream().toString())
        .setAttribute("messaging.consumer.group.name", consumer.name())
        .setAttribute("messaging.message.id", event.id().toString())
        .setAttribute("cloudevents.event_type", event.type())
        .startSpan();
  }
}
