package app.heyblue.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;

class TraceContextTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @Test
  void anEventTakesUpTheTraceInWhichItIsMade() {
    try (Scope _ = Span.wrap(context(TraceFlags.getSampled())).makeCurrent()) {
      NewEvent event = new NewEvent("app.heyblue.test.told.v1", "key", "data");
      assertThat(event.traceparent()).isEqualTo("00-" + TRACE + "-" + SPAN + "-01");
      SpanContext read = TraceContext.parse(String.valueOf(event.traceparent()));
      assertThat(read.getTraceId()).isEqualTo(TRACE);
      assertThat(read.getSpanId()).isEqualTo(SPAN);
      assertThat(read.isSampled()).isTrue();
    }
  }

  @Test
  void whatIsNotRecordedIsNotCarried() {
    assertThat(TraceContext.current()).isNull();
    try (Scope _ = Span.wrap(context(TraceFlags.getDefault())).makeCurrent()) {
      assertThat(new NewEvent("app.heyblue.test.told.v1", "key", "data").traceparent()).isNull();
    }
  }

  @Test
  void whatIsNoTraceparentIsNoTrace() {
    assertThat(TraceContext.parse("").isValid()).isFalse();
    assertThat(TraceContext.parse("00-0-0-01").isValid()).isFalse();
    assertThat(TraceContext.parse("00-" + TRACE + "-zzzzzzzzzzzzzzzz-01").isValid()).isFalse();
  }

  private static SpanContext context(TraceFlags flags) {
    return SpanContext.create(TRACE, SPAN, flags, TraceState.getDefault());
  }
}
