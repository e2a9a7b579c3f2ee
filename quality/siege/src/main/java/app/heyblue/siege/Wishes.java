package app.heyblue.siege;

import app.heyblue.siege.Deed.State.Acknowledged;
import app.heyblue.testing.town.Answer;
import app.heyblue.testing.town.Townspeople;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What one client wants, and its own odds. */
final class Wishes {
  static final String HOLDS = "/siege/holds";
  private static final int MOST_POINTS = 9;

  private final Sender sender;
  private final Random random;
  private final BooleanSupplier goOn;

  Wishes(Sender sender, Random random, BooleanSupplier goOn) {
    this.sender = sender;
    this.random = random;
    this.goOn = goOn;
  }

  int odds(int of) {
    return random.nextInt(of);
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  Random random() {
    return random;
  }

  /** Has it done, and returns the id where it was. */
  Optional<String> settle(Deed.Kind kind, Actor actor, String path, Object body) {
    Deed deed = new Deed(kind, actor, path, body, "siege-" + UUID.randomUUID());
    sender.settle(deed, goOn);
    return deed.state() instanceof Acknowledged(String id) ? Optional.of(id) : Optional.empty();
  }

  void give(Actor giver, Deed.Kind kind, String to) {
    settle(
        kind,
        giver,
        Townspeople.PATH + "/transactions",
        Map.of(
            "kind",
            kind == Deed.Kind.GIVEAWAY ? "giveaway" : "donation",
            "to",
            to,
            "points",
            1 + odds(MOST_POINTS)));
  }

  @Nullable Answer tryOnce(Actor actor, String path, Object body) {
    return sender.tryOnce(actor, path, body);
  }
}
