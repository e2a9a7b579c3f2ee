package app.heyblue.messaging;

import org.jspecify.annotations.Nullable;

/**
 * An event to append.
 *
 * @param type its CloudEvents type, {@code app.heyblue.<subject>.<verb>.v<n>}
 * @param key events of one key keep their order; an id, never personal data
 * @param data what happened, a record that Jackson can write; personal text only as ciphertext
 * @param traceparent the trace that it belongs to, as W3C Trace Context writes it; null where the
 *     work that made it isn't traced
 */
public record NewEvent(String type, String key, Object data, @Nullable String traceparent) {
  /** An event of the trace at hand, if there is one: make it where the work is done. */
  public NewEvent(String type, String key, Object data) {
    this(type, key, data, TraceContext.current());
  }
}
