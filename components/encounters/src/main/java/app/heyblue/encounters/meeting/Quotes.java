package app.heyblue.encounters.meeting;

import java.util.List;
import java.util.UUID;

/** Kind words for two people who just met. */
public final class Quotes {
  private static final List<String> ALL =
      List.of(
          "A wave across the street is the shortest bridge in town.",
          "Somebody said hey today, and the block got a little smaller.",
          "Names are easier to trust than uniforms; now you two have both.",
          "Every good neighborhood began with one hello too many.",
          "Two strangers fewer in the world than a minute ago.",
          "Small talk is how big trust warms up.",
          "The best beat is the one where people know your name.",
          "A minute of hello outlasts an hour of looking away.",
          "Kindness keeps no shift; thanks for covering this one.",
          "You didn't have to stop. That's why it counts.",
          "Streets remember who smiled on them.",
          "Courage sometimes looks exactly like walking over to say hi.",
          "Good morning is a form of public service, at any hour.",
          "Somewhere a pantry shelf is fuller because you two met.",
          "It takes two to make a community; the rest is repetition.",
          "A handshake is a promise with no paperwork.",
          "The door was always open; today somebody walked through.",
          "Be the story somebody tells at dinner tonight.",
          "Listening is the lightest thing you can carry, and it helps the most.",
          "Here's to the next hello being even easier.",
          "What we share on the sidewalk, we keep at home.",
          "Hope has a habit of starting with hey.");

  private Quotes() {}

  /** The words for one encounter: the same each time it is asked for. */
  public static String of(UUID encounter) {
    return ALL.get(Math.floorMod(encounter.hashCode(), ALL.size()));
  }

  static List<String> all() {
    return ALL;
  }
}
