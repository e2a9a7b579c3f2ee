package app.heyblue.rules.deciding;

import app.heyblue.rules.AppliedLimit;
import app.heyblue.rules.Counter;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.Limit;
import app.heyblue.rules.domain.Per;
import app.heyblue.rules.facts.FactSchema;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** For whom a decision counts, and under which keys. */
final class Parties {
  private final RuleKind kind;
  private final Map<Per, String> names = new EnumMap<>(Per.class);

  private Parties(RuleKind kind) {
    this.kind = kind;
  }

  /** The parties that some facts name, and the rule that decides about them. */
  static Parties of(RuleKind kind, Map<String, Object> facts, UUID rule) {
    Parties parties = new Parties(kind);
    parties.names.put(Per.RULE, rule.toString());
    switch (kind) {
      case ENCOUNTER -> {
        parties.pair(facts, "civilian", "officer");
        parties.names.put(Per.CIVILIAN, text(facts, "civilian"));
        parties.names.put(Per.OFFICER, text(facts, "officer"));
      }
      case DONATION, GIVEAWAY -> {
        parties.pair(facts, "giver", "recipient");
        parties.takesPart(facts, "giver", "giverKind");
        parties.takesPart(facts, "recipient", "recipientKind");
      }
      case EXCHANGE -> {
        parties.pair(facts, "buyer", "merchant");
        parties.takesPart(facts, "buyer", "buyerKind");
      }
      case PROXIMITY -> {}
    }
    return parties;
  }

  /** The limits that apply: those whose party takes part. */
  List<AppliedLimit> applied(List<Limit> limits) {
    List<AppliedLimit> applied = new ArrayList<>();
    for (Limit limit : limits) {
      if (names.containsKey(limit.per())) {
        applied.add(
            new AppliedLimit(key(limit.per(), limit.window()), limit.window(), limit.max()));
      }
    }
    return List.copyOf(applied);
  }

  /** Everything that a transaction counts in, limited or not, so that a later limit finds it. */
  List<Counter> counters() {
    List<Counter> counters = new ArrayList<>();
    if (FactSchema.of(kind).movesPoints()) {
      for (Per per : names.keySet()) {
        for (LimitWindow window : LimitWindow.values()) {
          counters.add(new Counter(key(per, window), window));
        }
      }
    }
    return List.copyOf(counters);
  }

  private String key(Per per, LimitWindow window) {
    return kind + "/" + per + "/" + window + "/" + names.get(per);
  }

  private void pair(Map<String, Object> facts, String one, String other) {
    names.put(Per.PAIR, text(facts, one) + "/" + text(facts, other));
  }

  private void takesPart(Map<String, Object> facts, String party, String partyKind) {
    switch (text(facts, partyKind)) {
      case "civilian" -> names.putIfAbsent(Per.CIVILIAN, text(facts, party));
      case "officer" -> names.putIfAbsent(Per.OFFICER, text(facts, party));
      default -> {}
    }
  }

  private static String text(Map<String, Object> facts, String name) {
    return String.valueOf(facts.get(name));
  }
}
