package app.heyblue.rules;

import java.util.Map;

/** Decides what is allowed and what it pays, by the rules active now. */
public interface Rules {
  /**
   * Decides; never refuses by an exception. Reads the database at times: call it outside a
   * transaction, so that nobody holds a connection while waiting for another.
   *
   * @param facts the values of the kind's fact schema by name; ids as text, times as {@link
   *     java.time.Instant}, numbers as {@link Long} or {@link Double}
   * @throws IllegalArgumentException where a fact is missing, unknown or of another type
   */
  Decision decide(RuleKind kind, Map<String, Object> facts);
}
