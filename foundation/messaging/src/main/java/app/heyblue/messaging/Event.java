package app.heyblue.messaging;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a stream, as its consumers read it.
 *
 * @param position its place in the stream: 1, 2, 3, … without gaps
 * @param id unique; the same at each delivery
 * @param time when it was appended
 * @param traceparent the trace of the work that appended it; null where that wasn't traced
 */
public record Event(
    Stream stream,
    long position,
    UUID id,
    String type,
    String key,
    Instant time,
    JsonNode data,
    @Nullable String traceparent) {
  // Readers ignore what a newer writer added.
  private static final ObjectReader TOLERANT =
      Json.mapper().reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** An event of work that wasn't traced. */
  public Event(
      Stream stream, long position, UUID id, String type, String key, Instant time, JsonNode data) {
    this(stream, position, id, type, key, time, data, null);
  }

  /**
   * The data as a record of the consumer's own; members that it doesn't know are ignored.
   *
   * @throws IllegalArgumentException where the data can't be read as that type
   */
  public <T> T dataAs(Class<T> type) {
    try {
      return TOLERANT.treeToValue(data, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("event " + id + " is not a " + type.getSimpleName(), e);
    }
  }
}
