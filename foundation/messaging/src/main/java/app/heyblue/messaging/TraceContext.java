package app.heyblue.messaging;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import org.jspecify.annotations.Nullable;

/** Traces as they travel with events: {@code traceparent} of W3C Trace Context, version 00. */
public final class TraceContext {
  private static final int PARTS = 4;

  private TraceContext() {}

  /** The span at hand; null where it isn't recorded, since then nothing after it is either. */
  public static @Nullable String current() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() && span.isSampled()
        ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-01"
        : null;
  }

  /** Reads {@link #current}'s form; anything else is no valid span. */
  public static SpanContext parse(String traceparent) {
    String[] parts = traceparent.split("-", -1);
    return parts.length == PARTS
        ? SpanContext.createFromRemoteParent(
            parts[1], parts[2], TraceFlags.getSampled(), TraceState.getDefault())
        : SpanContext.getInvalid();
  }
}
