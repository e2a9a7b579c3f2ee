package app.heyblue.encounters.scanning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.encounters.EncounterProblems;
import app.heyblue.encounters.Street;
import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Pending;
import app.heyblue.encounters.meeting.Verdict;
import app.heyblue.encounters.paying.Paid;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.qr.QrProblems;
import app.heyblue.scoring.MeetingProof;
import app.heyblue.scoring.RuleForbids;
import app.heyblue.tracking.Closeness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ScansIT {
  private static final ProblemType ACCOUNT_NOT_ACTIVE =
      new ProblemType("account-not-active", "Not active", 422, "A test's.");

  private final Street street = new Street();
  private final Scans scans = street.scans();
  private final UserId civilian = street.somebody();
  private final UserId officer = street.somebody();

  @Test
  void aScanIsConfirmedWithWhatBothEarnedAndAKindWord() {
    Paid answer = scans.scan(officer, street.key(), street.code(civilian));
    assertThat(answer.replayed()).isFalse();
    assertThat(answer.confirmed().civilianPoints()).isEqualTo(10);
    assertThat(answer.confirmed().officerPoints()).isEqualTo(7);
    assertThat(answer.confirmed().quote()).isNotBlank();
    assertThat(street.scoring.paid().values())
        .extracting(receipt -> receipt.id())
        .containsExactly(answer.confirmed().transactionId());
    assertThat(street.scoring.paid())
        .containsKey(new IdempotencyKey("encounter:" + answer.encounter()));
    assertThat(street.audited).containsExactly("encounter.scanned", "encounter.confirmed");
  }

  @Test
  void exactlyOneConfirmedEncounterPerCodeWhenEightOfficersScanItAtOnce() throws Exception {
    String code = street.code(civilian);
    List<Callable<Paid>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      UserId one = street.somebody();
      all.add(() -> street.scans().scan(one, street.key(), code));
    }
    List<Object> outcomes = atOnce(all);
    assertThat(outcomes).filteredOn(Paid.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(ProblemException.class::isInstance)
        .hasSize(7)
        .extracting(problem -> ((ProblemException) problem).type())
        .containsOnly(EncounterProblems.CODE_ALREADY_USED);
    assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("confirmed");
    assertThat(street.scoring.paid()).hasSize(1);
  }

  @Test
  void eightRequestsAtOnceWithOneKeyAreOneScan() throws Exception {
    String code = street.code(civilian);
    IdempotencyKey key = street.key();
    List<Object> outcomes =
        atOnce(Collections.nCopies(8, () -> street.scans().scan(officer, key, code)));
    assertThat(outcomes)
        .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Paid.class))
        .extracting(outcome -> ((Paid) outcome).confirmed())
        .containsOnly(scans.scan(officer, key, code).confirmed());
    assertThat(street.scoring.paid()).hasSize(1);
    assertThat(street.audited).hasSize(2);
  }

  @Test
  void aRetryGetsTheFirstAnswerEvenWhenTheCodeHasExpiredSince() {
    String code = street.code(civilian);
    IdempotencyKey key = street.key();
    Paid first = scans.scan(officer, key, code);
    street.clock.turn(Duration.ofHours(23));
    Paid again = scans.scan(officer, key, code);
    assertThat(again.replayed()).isTrue();
    assertThat(again.encounter()).isEqualTo(first.encounter());
    assertThat(again.confirmed()).isEqualTo(first.confirmed());
  }

  @Test
  void aKeyBelongsToOneCodeAndToOneOfficer() {
    IdempotencyKey key = street.key();
    scans.scan(officer, key, street.code(civilian));
    refused(
        CommonProblems.IDEMPOTENCY_KEY_REUSED,
        () -> scans.scan(officer, key, street.code(civilian)));
    assertThat(scans.scan(street.somebody(), key, street.code(civilian)).replayed()).isFalse();
  }

  @Test
  void aUsedCodeIsRefusedToTheOfficerWhoUsedItUnderAnotherKey() {
    String code = street.code(civilian);
    scans.scan(officer, street.key(), code);
    refused(EncounterProblems.CODE_ALREADY_USED, () -> scans.scan(officer, street.key(), code));
  }

  @Test
  void aCodeThatIsAlteredOrStaleLeavesNothingBehind() {
    String code = street.code(civilian);
    IdempotencyKey key = street.key();
    refused(QrProblems.INVALID, () -> scans.scan(officer, key, code.toLowerCase(Locale.ROOT)));
    street.clock.turn(Duration.ofSeconds(61));
    refused(QrProblems.EXPIRED, () -> scans.scan(officer, key, code));
    assertThat(street.of(civilian)).isEmpty();
    // The key is free: a refusal before the intent isn't kept.
    assertThat(scans.scan(officer, key, street.code(civilian)).replayed()).isFalse();
  }

  @Test
  void theRulesNoEndsTheEncounterUsesUpTheCodeAndStaysNo() {
    String code = street.code(civilian);
    IdempotencyKey key = street.key();
    street.scoring.nextRefuses(
        new RuleForbids(List.of("You two met today already."), Duration.ofHours(12)));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> scans.scan(officer, key, code))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> {
                assertThat(problem.type()).isEqualTo(RuleForbids.TYPE);
                assertThat(problem.detail()).isEqualTo("You two met today already.");
                assertThat(problem.extensions())
                    .containsEntry("explanation", List.of("You two met today already."));
                assertThat(problem.retryAfter()).contains(Duration.ofHours(12));
              });
    }
    refused(
        EncounterProblems.CODE_ALREADY_USED,
        () -> scans.scan(street.somebody(), street.key(), code));
    assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("refused");
    assertThat(street.scoring.paid()).isEmpty();
    assertThat(street.audited).containsExactly("encounter.scanned", "encounter.refused");
  }

  @Test
  void anAccountThatIsNotActiveEndsTheEncounterToo() {
    IdempotencyKey key = street.key();
    String code = street.code(civilian);
    street.scoring.nextRefuses(ACCOUNT_NOT_ACTIVE.raise("The civilian has left."));
    refused(ACCOUNT_NOT_ACTIVE, () -> scans.scan(officer, key, code));
    refused(ACCOUNT_NOT_ACTIVE, () -> scans.scan(officer, key, code));
  }

  @Test
  void whileScoringIsAwayTheScanStaysPendingAndARetryFinishesIt() {
    IdempotencyKey key = street.key();
    String code = street.code(civilian);
    street.scoring.nextRefuses(new IllegalStateException("connection lost"));
    refused(CommonProblems.UNAVAILABLE, () -> scans.scan(officer, key, code));
    street.scoring.nextRefuses(CommonProblems.UNAVAILABLE.raise("Back soon."));
    refused(CommonProblems.UNAVAILABLE, () -> scans.scan(officer, key, code));
    street.scoring.nextRefuses(CommonProblems.IDEMPOTENCY_KEY_IN_USE.raise("Under way."));
    refused(CommonProblems.IDEMPOTENCY_KEY_IN_USE, () -> scans.scan(officer, key, code));
    assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("pending");
    street.clock.turn(Duration.ofMinutes(5));
    assertThat(scans.scan(officer, key, code).confirmed().civilianPoints()).isEqualTo(10);
  }

  @Test
  void aLateNoOfAnEarlierTryDoesNotUndoThePaymentOfALaterOne() {
    IdempotencyKey key = street.key();
    String code = street.code(civilian);
    street.scoring.next(
        payment -> {
          // The same request again, before the first has heard its no.
          street.scans().scan(officer, key, code);
          throw new RuleForbids(List.of("A moment ago it was another day."), null);
        });
    assertThat(scans.scan(officer, key, code).confirmed().civilianPoints()).isEqualTo(10);
    assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("confirmed");
  }

  @Test
  void aNoThatALaterTryOvertookIsNoAnswerYet() {
    IdempotencyKey key = street.key();
    String code = street.code(civilian);
    street.scoring.next(
        payment -> {
          Encounter pending = street.of(civilian).getFirst();
          street.database.useTransaction(
              tx -> street.encounters.tryAgain(tx, pending.id(), street.clock.instant()));
          throw new RuleForbids(List.of("No."), null);
        });
    refused(CommonProblems.IDEMPOTENCY_KEY_IN_USE, () -> scans.scan(officer, key, code));
    assertThat(street.of(civilian).getFirst().state()).isEqualTo(new Pending(2));
  }

  @Test
  void bothWhoMetSeeTheirMeetingsNewestFirstPageByPage() {
    for (int i = 0; i < 5; i++) {
      street.clock.turn(Duration.ofSeconds(1));
      scans.scan(officer, street.key(), street.code(civilian));
    }
    scans.scan(street.somebody(), street.key(), street.code(street.somebody()));
    PageRequest two = new PageRequest(2, null);
    List<Encounter> seen =
        street.database.read(tx -> street.encounters.ofOfficer(tx, officer, two));
    assertThat(seen).hasSize(3).isEqualTo(street.of(civilian).subList(0, 3));
    PageRequest rest = new PageRequest(10, Cursor.encode(seen.get(1).id().toString()));
    List<Encounter> others =
        street.database.read(tx -> street.encounters.ofOfficer(tx, officer, rest));
    assertThat(others).isEqualTo(street.of(civilian).subList(2, 5));
    assertThat(street.of(civilian)).isSortedAccordingTo((a, b) -> b.madeAt().compareTo(a.madeAt()));
  }

  @Test
  void positionsAreAskedOnceAndWhatTheySayGoesToTheRules() {
    street.tracking.positionsSay(Closeness.NEAR);
    IdempotencyKey key = street.key();
    String code = street.code(civilian);
    scans.scan(officer, key, code);
    scans.scan(officer, key, code);
    assertThat(street.tracking.asked()).containsExactly(List.of(civilian, officer));
    street.tracking.positionsSay(Closeness.UNKNOWN);
    scans.scan(officer, street.key(), street.code(civilian));
    assertThat(street.scoring.asked())
        .extracting(MeetingProof::verdict)
        .containsExactly("consistent", "unknown");
  }

  @Test
  void aScanThatThePositionsContradictIsRefusedForGood() {
    street.tracking.positionsSay(Closeness.APART);
    IdempotencyKey key = street.key();
    String code = street.code(civilian);
    refused(EncounterProblems.POSITIONS_CONTRADICT, () -> scans.scan(officer, key, code));
    street.tracking.positionsSay(Closeness.NEAR);
    street.clock.turn(Duration.ofMinutes(2));
    refused(EncounterProblems.POSITIONS_CONTRADICT, () -> scans.scan(officer, key, code));
    assertThat(street.tracking.asked()).hasSize(1);
    assertThat(street.scoring.asked()).isEmpty();
    assertThat(street.alerts.to(civilian)).isEmpty();
    assertThat(street.audited).containsExactly("encounter.scanned", "encounter.refused");
    assertThat(street.of(civilian))
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.status()).isEqualTo("refused");
              assertThat(one.verdict()).isEqualTo(Verdict.CONTRADICTED);
            });
  }

  @Test
  void aContradictedScanUsesUpItsCode() {
    street.tracking.positionsSay(Closeness.APART);
    String code = street.code(civilian);
    refused(EncounterProblems.POSITIONS_CONTRADICT, () -> scans.scan(officer, street.key(), code));
    street.tracking.positionsSay(Closeness.NEAR);
    refused(EncounterProblems.CODE_ALREADY_USED, () -> scans.scan(officer, street.key(), code));
  }

  @Test
  void bothAreToldOnceWithTheWordsThePointsAndTheirOwnNewBalance() {
    IdempotencyKey key = street.key();
    String code = street.code(civilian);
    Paid paid = scans.scan(officer, key, code);
    scans.scan(officer, key, code);
    String quote = paid.confirmed().quote();
    assertThat(street.alerts.to(civilian))
        .containsExactly(new Alert.EncounterConfirmed(paid.encounter(), quote, 10, 7, 10));
    assertThat(street.alerts.to(officer))
        .containsExactly(new Alert.EncounterConfirmed(paid.encounter(), quote, 7, 10, 7));
  }

  @Test
  void aMeetingThatNobodyCanBeToldOfIsPaidAllTheSame() {
    street.alerts.fail();
    IdempotencyKey key = street.key();
    String code = street.code(civilian);
    assertThat(scans.scan(officer, key, code).replayed()).isFalse();
    assertThat(scans.scan(officer, key, code).replayed()).isTrue();
  }

  private static List<Object> atOnce(List<Callable<Paid>> calls) throws Exception {
    List<Object> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Paid> call : threads.invokeAll(calls)) {
        try {
          outcomes.add(call.get());
        } catch (ExecutionException e) {
          outcomes.add(e.getCause());
        }
      }
    }
    return outcomes;
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
