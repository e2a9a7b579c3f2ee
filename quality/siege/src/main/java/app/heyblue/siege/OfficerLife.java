package app.heyblue.siege;

import app.heyblue.testing.town.Answer;
import app.heyblue.testing.town.Townspeople;
import java.util.List;
import java.util.Map;

/** Scans the codes of civilians, donates, and gives to other officers. */
record OfficerLife(
    Actor officer,
    Wishes wishes,
    List<Actor> civilians,
    List<Actor> officers,
    List<String> charities)
    implements Runnable {
  @Override
  public void run() {
    switch (wishes.odds(10)) {
      case 0, 1, 2, 3, 4 -> scan();
      case 5, 6, 7 -> wishes.give(officer, Deed.Kind.DONATION, wishes.any(charities));
      default -> {
        Actor other = wishes.any(officers);
        if (!other.id().equals(officer.id())) {
          wishes.give(officer, Deed.Kind.GIVEAWAY, other.id());
        }
      }
    }
  }

  private void scan() {
    Answer code = wishes.tryOnce(wishes.any(civilians), Townspeople.PATH + "/qr-codes", Map.of());
    if (code != null) {
      wishes.settle(
          Deed.Kind.SCAN,
          officer,
          Townspeople.PATH + "/encounters/scans",
          Map.of("token", code.body().path("token").asText()));
    }
  }
}
