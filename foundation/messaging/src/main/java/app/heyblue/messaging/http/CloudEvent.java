package app.heyblue.messaging.http;

import app.heyblue.messaging.Event;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An event as CloudEvents 1.0 writes it in JSON.
 *
 * @param position the extension attribute that tells its place in the stream
 * @param traceparent that of CloudEvents' extension for distributed tracing; left out where the
 *     work that appended the event wasn't traced
 */
record CloudEvent(
    String specversion,
    UUID id,
    String source,
    String type,
    String subject,
    Instant time,
    String datacontenttype,
    long position,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String traceparent,
    @Schema(implementation = Object.class) JsonNode data) {

  static CloudEvent of(Event event) {
    return new CloudEvent(
        "1.0",
        event.id(),
        "/heyblue/" + event.stream(),
        event.type(),
        event.key(),
        event.time(),
        "application/json",
        event.position(),
        event.traceparent(),
        event.data());
  }
}
