package app.heyblue.rules.facts;

import static app.heyblue.rules.facts.FactType.ID;
import static app.heyblue.rules.facts.FactType.NUMBER;
import static app.heyblue.rules.facts.FactType.TEXT;
import static app.heyblue.rules.facts.FactType.TIME;
import static app.heyblue.rules.facts.FactType.WHOLE;

import app.heyblue.rules.RuleKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the rules of one kind may ask and must answer. */
public record FactSchema(RuleKind kind, List<Fact> facts, List<Outcome> outcomes) {
  /** The fact that every kind has: the time that a decision is about. */
  public static final String AT = "at";

  /** The most points that one party gets for an encounter. */
  public static final long MAX_ENCOUNTER_POINTS = 1_000_000;

  /** The highest price that a rule may give. */
  public static final long MAX_PRICE = 1_000_000_000_000L;

  private static final Fact TIME_OF_DECISION = new Fact(AT, TIME, "the time that is decided about");
  private static final Fact TIME_ZONE =
      new Fact("timeZone", TEXT, "IANA zone of the officer taking part; `UTC` where none does");
  private static final List<Outcome> ALLOWED =
      List.of(new Outcome.YesNo("allowed", "whether it may happen"));

  private static final Map<RuleKind, FactSchema> ALL =
      Stream.of(
              encounter(),
              gift(RuleKind.DONATION),
              gift(RuleKind.GIVEAWAY),
              exchange(),
              proximity())
          .collect(Collectors.toUnmodifiableMap(FactSchema::kind, schema -> schema));

  public static FactSchema of(RuleKind kind) {
    FactSchema schema = ALL.get(kind);
    if (schema == null) {
      throw new IllegalStateException("no schema for " + kind);
    }
    return schema;
  }

  public Optional<Fact> fact(String name) {
    return facts.stream().filter(fact -> fact.name().equals(name)).findFirst();
  }

  public Optional<Outcome> outcome(String name) {
    return outcomes.stream().filter(outcome -> outcome.name().equals(name)).findFirst();
  }

  /** Whether decisions of this kind move points, and so are counted and can be limited. */
  public boolean movesPoints() {
    return kind != RuleKind.PROXIMITY;
  }

  private static FactSchema encounter() {
    return new FactSchema(
        RuleKind.ENCOUNTER,
        List.of(
            new Fact("civilian", ID, "the civilian's id"),
            new Fact("officer", ID, "the officer's id"),
            new Fact("proof", TEXT, "how the meeting was proved: `qr` or `request`"),
            new Fact(
                "verdict",
                TEXT,
                "what the positions of the two say: `consistent`, or `unknown` where none were at"
                    + " hand"),
            new Fact("officerTimeZone", TEXT, "IANA zone of the officer's agency"),
            new Fact("agencyZip", TEXT, "ZIP code of the officer's agency"),
            TIME_OF_DECISION),
        List.of(
            encounterPoints("civilianPoints", "the civilian"),
            encounterPoints("officerPoints", "the officer")));
  }

  private static Outcome encounterPoints(String name, String who) {
    return new Outcome.Whole(
        name, 0, MAX_ENCOUNTER_POINTS, "%,d points for " + who, "points that " + who + " earns");
  }

  private static FactSchema gift(RuleKind kind) {
    boolean donation = kind == RuleKind.DONATION;
    return new FactSchema(
        kind,
        List.of(
            new Fact("giver", ID, "the giver's id"),
            new Fact("giverKind", TEXT, donation ? "`civilian` or `officer`" : "`officer`"),
            new Fact("recipient", ID, "the recipient's id"),
            new Fact("recipientKind", TEXT, donation ? "`charity` or `family`" : "`officer`"),
            new Fact("points", WHOLE, "how many points the giver chose"),
            TIME_OF_DECISION,
            TIME_ZONE),
        ALLOWED);
  }

  private static FactSchema exchange() {
    return new FactSchema(
        RuleKind.EXCHANGE,
        List.of(
            new Fact("buyer", ID, "the buyer's id"),
            new Fact("buyerKind", TEXT, "`civilian`, `family` or `charity`"),
            new Fact("merchant", ID, "the merchant's id"),
            new Fact("listPrice", WHOLE, "points that the merchant asks for one piece"),
            new Fact("quantity", WHOLE, "how many pieces"),
            TIME_OF_DECISION,
            TIME_ZONE),
        List.of(
            new Outcome.Whole(
                "price", 0, MAX_PRICE, "a price of %,d points", "points for all pieces together")));
  }

  private static FactSchema proximity() {
    return new FactSchema(
        RuleKind.PROXIMITY,
        List.of(
            TIME_OF_DECISION,
            TIME_ZONE,
            new Fact("civilianSpeed", NUMBER, "the civilian's speed in metres per second")),
        List.of(
            new Outcome.Whole(
                "rings", 0, 5, "rings %,d", "rings of H3 cells around the civilian that are near"),
            new Outcome.Whole(
                "dwellSeconds",
                0,
                3_600,
                "dwellSeconds %,d",
                "seconds that the two must be near each other before an alert"),
            new Outcome.Whole(
                "alertsPerDay", 0, 1_000, "alertsPerDay %,d", "alerts a person gets in a day"),
            new Outcome.Whole(
                "acceptanceMeters",
                1,
                1_000,
                "acceptanceMeters %,d",
                "metres between the two, beyond the reported accuracies, at acceptance")));
  }
}
