package app.heyblue.rules.facts;

import java.time.Instant;

/** What a fact is, in CEL and in Java. */
public enum FactType {
  /** The id of a party. Explanations never show its value. */
  ID("string", String.class),
  TEXT("string", String.class),
  WHOLE("int", Long.class),
  NUMBER("double", Double.class),
  TIME("timestamp", Instant.class);

  private final String cel;
  private final Class<?> java;

  FactType(String cel, Class<?> java) {
    this.cel = cel;
    this.java = java;
  }

  /** The type's name in CEL. */
  public String cel() {
    return cel;
  }

  /** The class of its values. */
  public Class<?> java() {
    return java;
  }
}
