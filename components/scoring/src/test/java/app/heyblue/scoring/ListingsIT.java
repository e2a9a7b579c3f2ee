package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A charity that disappears from the catalog keeps what it has and receives nothing. */
class ListingsIT {
  private static final String EIN = "530196605";

  private final World world = new World();
  private final UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);

  @Test
  void aCharityThatHasDisappearedReceivesNothingUntilItIsBack() {
    UserId charity = world.join(PartyKind.CHARITY, EIN);
    UserId other = world.join(PartyKind.CHARITY, "520781390");
    world.donate(giver, charity, 10);

    world.list(EIN, false);
    assertRefused(charity);
    assertThat(world.scoring.balance(charity).points()).as("it keeps its points").isEqualTo(10);
    world.donate(giver, other, 10);

    world.list(EIN, true);
    world.donate(giver, charity, 10);
    assertThat(world.scoring.balance(charity).points()).isEqualTo(20);
    assertThat(world.scoring.balance(giver).points()).isEqualTo(70);
  }

  @Test
  void aCharityThatJoinsAfterItHasDisappearedReceivesNothingEither() {
    world.list(EIN, false);
    assertRefused(world.join(PartyKind.CHARITY, EIN));
  }

  @Test
  void aReplayChangesNothing() {
    UserId charity = world.join(PartyKind.CHARITY, EIN);
    world.list(EIN, false);
    world.list("520781390", false);
    world.list(EIN, true);
    world.list("520781390", true);
    world.list(EIN, false);
    Map<String, String> before = world.digests();
    world.replay(world.listings);
    assertThat(world.digests()).isEqualTo(before);
    assertRefused(charity);
  }

  private void assertRefused(UserId charity) {
    assertThatThrownBy(() -> world.donate(giver, charity, 10))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(ScoringProblems.RECIPIENT_NOT_LISTED);
              assertThat(problem.detail()).contains("Your points stay with you");
            });
  }
}
