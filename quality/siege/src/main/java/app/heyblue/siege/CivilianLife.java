package app.heyblue.siege;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Donates, and has things held: some are collected, some given back, some run out. */
record CivilianLife(Actor civilian, Wishes wishes, List<String> charities, String merchant)
    implements Runnable {
  private static final Duration SHORT = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofHours(100);

  @Override
  public void run() {
    if (wishes.odds(10) < 6) {
      // Most give to the same one, as after an earthquake.
      String to = wishes.odds(10) < 8 ? charities.getFirst() : charities.getLast();
      wishes.give(civilian, Deed.Kind.DONATION, to);
    } else {
      Instant until = Instant.now().plus(wishes.odds(4) == 0 ? SHORT : LONG);
      wishes
          .settle(
              Deed.Kind.HOLD,
              civilian,
              Wishes.HOLDS,
              Map.of("merchant", merchant, "listPrice", 1 + wishes.odds(9), "until", until))
          .ifPresent(this::end);
    }
  }

  private void end(String hold) {
    switch (wishes.odds(4)) {
      case 0, 1 ->
          wishes.settle(
              Deed.Kind.COLLECTION, civilian, Wishes.HOLDS + "/" + hold + "/collection", Map.of());
      case 2 ->
          wishes.settle(
              Deed.Kind.RELEASE, civilian, Wishes.HOLDS + "/" + hold + "/release", Map.of());
      default -> {
        // Nobody comes for it.
      }
    }
  }
}
