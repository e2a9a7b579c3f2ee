package app.heyblue.rules.facts;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something that a rule of a kind must answer. */
public sealed interface Outcome {
  String name();

  /** For the reference. */
  String description();

  /** The type's name in CEL. */
  String cel();

  /** What is wrong with a value of the right type; null where nothing is. */
  @Nullable String objection(Object value);

  /** Yes or no; a no forbids. */
  record YesNo(String name, String description) implements Outcome {
    @Override
    public String cel() {
      return "bool";
    }

    /** A no is an answer, not a mistake. */
    @Override
    public @Nullable String objection(Object value) {
      return null;
    }
  }

  /**
   * A whole number.
   *
   * @param min the least that is valid
   * @param max the most that is valid
   * @param phrase how an explanation says it; {@code %,d} stands for the value
   */
  record Whole(String name, long min, long max, String phrase, String description)
      implements Outcome {
    @Override
    public String cel() {
      return "int";
    }

    @Override
    public @Nullable String objection(Object value) {
      long number = (Long) value;
      return number >= min && number <= max
          ? null
          : String.format(Locale.ROOT, "`%s` is %,d; it must be %s", name, number, range());
    }

    /** The range for a reader, for example {@code 0 to 1,000,000}. */
    public String range() {
      return String.format(Locale.ROOT, "%,d to %,d", min, max);
    }

    /** The value for a reader, for example {@code 10 points for the civilian}. */
    public String say(long value) {
      return String.format(Locale.ROOT, phrase, value);
    }
  }
}
