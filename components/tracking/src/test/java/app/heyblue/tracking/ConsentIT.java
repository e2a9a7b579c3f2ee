package app.heyblue.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.security.Caller;
import org.junit.jupiter.api.Test;

class ConsentIT {
  private final World world = new World();
  private final Caller civilian = world.somebody(PartyKind.CIVILIAN);

  @Test
  void withdrawingConsentStopsTrackingAndForgetsWhatWasKept() {
    world.at(civilian, 40.7, -74);
    assertThat(world.proximity.nearby(civilian.userId())).isEmpty();

    world.consents.set(civilian.userId(), false);

    assertThatThrownBy(() -> world.at(civilian, 40.7, -74))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(TrackingProblems.CONSENT_WITHDRAWN));
    assertThatThrownBy(() -> world.proximity.nearby(civilian.userId()))
        .isInstanceOf(ProblemException.class);
    assertThat(world.consents.find(civilian.userId()).orElseThrow().granted()).isFalse();
    assertThat(world.audited).containsExactly("tracking-consent.withdrawn");
  }

  @Test
  void consentCanBeGivenAgain() {
    world.consents.set(civilian.userId(), false);
    world.consents.set(civilian.userId(), true);

    world.at(civilian, 40.7, -74);

    assertThat(world.proximity.nearby(civilian.userId())).isEmpty();
  }
}
