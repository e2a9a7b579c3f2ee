package app.heyblue.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * An amount of points, whole and signed. Arithmetic that would overflow a {@code long} throws
 * {@link ArithmeticException} instead of wrapping round.
 */
public record Points(@JsonValue long value) implements Comparable<Points> {
  public static final Points ZERO = new Points(0);

  @JsonCreator
  public static Points of(long value) {
    return new Points(value);
  }

  public Points plus(Points other) {
    return new Points(Math.addExact(value, other.value));
  }

  public Points minus(Points other) {
    return new Points(Math.subtractExact(value, other.value));
  }

  public Points negated() {
    return new Points(Math.negateExact(value));
  }

  public boolean isPositive() {
    return value > 0;
  }

  public boolean isNegative() {
    return value < 0;
  }

  @Override
  public int compareTo(Points other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
