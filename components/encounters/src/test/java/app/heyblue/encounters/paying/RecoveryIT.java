package app.heyblue.encounters.paying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.encounters.FakeScoring;
import app.heyblue.encounters.Street;
import app.heyblue.encounters.asking.Asking;
import app.heyblue.encounters.asking.Requests;
import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Confirmed;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.RuleForbids;
import app.heyblue.tracking.Closeness;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class RecoveryIT {
  private final Street street = new Street();
  private final UserId civilian = street.somebody();
  private final UserId officer = street.somebody();
  private final IdempotencyKey key = street.key();
  private final String code = street.code(civilian);

  @Test
  void aCrashBeforeScoringHeardOfTheEncounterIsFinishedByTheNextProcess() {
    street.scoring.nextCrashesBefore();
    crash();
    assertThat(street.scoring.paid()).isEmpty();
    recover();
    assertConfirmedOnce();
  }

  @Test
  void aRecoveryTellsScoringTheSameMeetingAsTheFirstTry() {
    street.scoring.nextCrashesAfter();
    crash();
    recover();
    assertThat(street.scoring.asked()).hasSize(2);
    assertThat(Set.copyOf(street.scoring.asked())).hasSize(1);
  }

  @Test
  void aCrashAfterScoringPaidIsFinishedWithTheSameTransaction() {
    street.scoring.nextCrashesAfter();
    crash();
    assertThat(street.scoring.paid()).hasSize(1);
    recover();
    assertConfirmedOnce();
  }

  @Test
  void aCrashOfTheRecoveryIsFinishedByTheRecoveryAfterIt() {
    street.scoring.nextCrashesBefore();
    crash();
    street.scoring.nextCrashesAfter();
    street.clock.turn(Recovery.PATIENCE);
    assertThatThrownBy(() -> street.recovery().resumePending())
        .isInstanceOf(FakeScoring.Crash.class);
    recover();
    assertConfirmedOnce();
  }

  @Test
  void aCrashBeforeTheIntentLeavesNothingAndTheRetryIsTheFirstScan() {
    street.recovery().resumePending();
    assertThat(street.of(civilian)).isEmpty();
    assertThat(street.scans().scan(officer, key, code).replayed()).isFalse();
  }

  @Test
  void whatTheRulesRefuseMeanwhileEndsRefusedAndTheRetryHearsIt() {
    street.scoring.nextCrashesBefore();
    crash();
    street.scoring.nextRefuses(new RuleForbids(List.of("The rule was retired."), null));
    recover();
    assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("refused");
    assertThatThrownBy(() -> street.scans().scan(officer, key, code))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type()).isEqualTo(RuleForbids.TYPE));
    assertThat(street.scoring.paid()).isEmpty();
  }

  @Test
  void aRequestThatMayStillRunIsLeftAlone() {
    street.scoring.nextCrashesBefore();
    crash();
    street.clock.turn(Recovery.PATIENCE.minusMillis(1));
    assertThat(street.recovery().resumePending()).isZero();
    street.clock.turn(Duration.ofMillis(1));
    assertThat(street.recovery().resumePending()).isOne();
  }

  @Test
  void scoringStillAwayMeansAnotherTryLaterAndNeverALostEncounter() {
    street.scoring.nextCrashesBefore();
    crash();
    for (int i = 0; i < 3; i++) {
      street.scoring.nextRefuses(new IllegalStateException("still away"));
      recover();
      assertThat(street.recovery().resumePending()).isZero();
      assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("pending");
    }
    recover();
    assertConfirmedOnce();
  }

  @Test
  void severalProcessesShareTheWorkAndNoneDoesItTwice() throws Exception {
    for (int i = 0; i < 40; i++) {
      street.scoring.nextCrashesBefore();
      assertThatThrownBy(() -> street.scans().scan(officer, street.key(), street.code(civilian)))
          .isInstanceOf(FakeScoring.Crash.class);
    }
    street.clock.turn(Recovery.PATIENCE);
    int taken = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> round :
          threads.invokeAll(
              Collections.<Callable<Integer>>nCopies(4, () -> street.recovery().resumePending()))) {
        taken += round.get();
      }
    }
    assertThat(taken).isEqualTo(40);
    assertThat(street.of(civilian)).extracting(Encounter::status).containsOnly("confirmed");
    assertThat(street.scoring.paid()).hasSize(40);
  }

  @Test
  void anAcceptedRequestThatACrashInterruptedIsFinishedAndToldToBoth() {
    street.tracking.positionsSay(Closeness.NEAR);
    Requests requests = Asking.on(street);
    UUID id = requests.ask(civilian, street.tracking.refOf(officer)).id();
    street.scoring.nextCrashesBefore();
    assertThatThrownBy(() -> requests.accept(officer, id)).isInstanceOf(FakeScoring.Crash.class);
    assertThat(street.alerts.to(civilian)).isEmpty();
    recover();
    assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("confirmed");
    assertThat(street.scoring.paid()).hasSize(1);
    assertThat(street.alerts.to(civilian)).hasSize(1);
    assertThat(street.alerts.to(officer)).hasSize(2);
    assertThat(Asking.on(street).accept(officer, id).replayed()).isTrue();
    assertThat(street.audited).containsExactly("encounter.accepted", "encounter.confirmed");
  }

  private void crash() {
    assertThatThrownBy(() -> street.scans().scan(officer, key, code))
        .isInstanceOf(FakeScoring.Crash.class);
    assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("pending");
  }

  private void recover() {
    street.clock.turn(Recovery.PATIENCE);
    street.recovery().resumePending();
  }

  private void assertConfirmedOnce() {
    Encounter encounter = street.of(civilian).getFirst();
    assertThat(street.scoring.paid()).hasSize(1);
    assertThat(encounter.state())
        .isInstanceOfSatisfying(
            Confirmed.class,
            confirmed ->
                assertThat(street.scoring.paid().values())
                    .extracting(receipt -> receipt.id())
                    .containsExactly(confirmed.transactionId()));
    assertThat(street.scans().scan(officer, key, code).replayed()).isTrue();
    assertThat(street.audited).containsExactly("encounter.scanned", "encounter.confirmed");
    assertThat(street.alerts.to(civilian)).hasSize(1);
    assertThat(street.alerts.to(officer)).hasSize(1);
  }
}
