package app.heyblue.encounters.http;

import static app.heyblue.encounters.http.Counter.statuses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.encounters.FakeScoring;
import app.heyblue.encounters.Street;
import app.heyblue.encounters.http.Counter.Seen;
import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Proof;
import app.heyblue.encounters.meeting.Verdict;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.scoring.RuleForbids;
import app.heyblue.tracking.Closeness;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestResourceIT {
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Street street = new Street();
  private final Counter counter = new Counter(street);
  private final UserId civilian = street.somebody();
  private final UserId officer = street.somebody();
  private final String ref = street.tracking.refOf(officer);

  @BeforeEach
  void together() {
    street.tracking.positionsSay(Closeness.NEAR);
  }

  @Test
  void anAskedOfficerIsToldAtOnceAndBothSeeTheRequest() {
    Seen asked = counter.ask(civilian, ref);
    Instant expires = street.clock.instant().plusSeconds(60);
    assertThat(asked.status()).isEqualTo(201);
    assertThat(asked.body().path("status").asText()).isEqualTo("requested");
    assertThat(asked.body().path("expiresAt").asText()).isEqualTo(expires.toString());
    assertThat(street.alerts.to(officer))
        .containsExactly(new Alert.EncounterRequested(asked.id(), expires));
    JsonNode mine = counter.list(civilian, PartyKind.CIVILIAN).body().path("items");
    JsonNode theirs = counter.list(officer, PartyKind.OFFICER).body().path("items");
    assertThat(mine).isEqualTo(theirs).hasSize(1);
    assertThat(mine.path(0).path("id").asText()).isEqualTo(asked.id().toString());
    assertThat(mine.path(0).path("expiresAt").asText()).isEqualTo(expires.toString());
    assertThat(mine.toString()).doesNotContain(officer.toString(), civilian.toString());
  }

  @Test
  void anAcceptanceOfTwoWhoAreTogetherPaysBothAndTellsBoth() {
    UUID id = counter.ask(civilian, ref).id();
    street.clock.turn(Duration.ofSeconds(59));
    Seen accepted = counter.accept(officer, id);
    assertThat(accepted.status()).isEqualTo(201);
    assertThat(accepted.headers()).doesNotContainKey("Idempotency-Replayed");
    assertThat(accepted.id()).isEqualTo(id);
    assertThat(accepted.body().path("status").asText()).isEqualTo("confirmed");
    assertThat(accepted.body().path("points").path("civilian").asLong()).isEqualTo(10);
    assertThat(accepted.body().path("points").path("officer").asLong()).isEqualTo(7);
    assertThat(street.scoring.paid()).containsOnlyKeys(new IdempotencyKey("encounter:" + id));
    assertThat(street.scoring.asked())
        .singleElement()
        .satisfies(
            meeting -> {
              assertThat(meeting.proof()).isEqualTo("request");
              assertThat(meeting.verdict()).isEqualTo("consistent");
              assertThat(meeting.at()).isEqualTo(street.clock.instant());
            });
    String quote = accepted.body().path("quote").asText();
    assertThat(street.alerts.to(civilian))
        .containsExactly(new Alert.EncounterConfirmed(id, quote, 10, 7, 10));
    assertThat(street.alerts.to(officer))
        .endsWith(new Alert.EncounterConfirmed(id, quote, 7, 10, 7))
        .hasSize(2);
    assertThat(street.audited).containsExactly("encounter.accepted", "encounter.confirmed");
    assertThat(statuses(counter.list(civilian, PartyKind.CIVILIAN))).containsExactly("confirmed");
    assertThat(statuses(counter.list(officer, PartyKind.OFFICER))).containsExactly("confirmed");
    assertThat(counter.ask(civilian, ref).status()).isEqualTo(201);
  }

  /** What an officer, or the house, may do with a request; none of it is the asker's to know. */
  private interface Ending {
    void happen(RequestResourceIT world, UUID request);
  }

  private static Map<String, Ending> endings() {
    Map<String, Ending> all = new LinkedHashMap<>();
    all.put("refused", (world, id) -> expect(204, world.counter.refuse(world.officer, id)));
    all.put(
        "refused twice, then accepted",
        (world, id) -> {
          expect(204, world.counter.refuse(world.officer, id));
          expect(204, world.counter.refuse(world.officer, id));
          expect(404, world.counter.accept(world.officer, id));
        });
    for (Closeness far : List.of(Closeness.APART, Closeness.UNKNOWN)) {
      all.put(
          "accepted and " + far,
          (world, id) -> {
            world.street.tracking.positionsSay(far);
            expect(422, world.counter.accept(world.officer, id));
            expect(422, world.counter.accept(world.officer, id));
            expect(404, world.counter.refuse(world.officer, id));
          });
    }
    all.put(
        "answered by another officer",
        (world, id) -> {
          expect(404, world.counter.accept(world.street.somebody(), id));
          expect(404, world.counter.refuse(world.street.somebody(), id));
        });
    return all;
  }

  private static void expect(int status, Seen answer) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
  }

  @Test
  void refusalAndTimeOutCantBeToldApart() {
    for (Duration when : List.of(Duration.ZERO, Duration.ofSeconds(7), Duration.ofMillis(59_999))) {
      List<String> timedOut = new RequestResourceIT().transcript(0, when, (world, id) -> {});
      assertThat(timedOut).anyMatch(line -> line.contains("request-outstanding"));
      assertThat(timedOut).anyMatch(line -> line.contains("too-many-requests"));
      endings()
          .forEach(
              (name, ending) ->
                  assertThat(new RequestResourceIT().transcript(0, when, ending))
                      .as("%s after %s", name, when)
                      .isEqualTo(timedOut));
      assertThat(new RequestResourceIT().transcript(20, when, (world, id) -> {}))
          .as("not even told to the officer")
          .isEqualTo(timedOut);
    }
  }

  /**
   * All that an asker and a friend can observe, who ask and look as often as they like: every
   * status, header and body, with ids by the order in which they're first seen, and every alert.
   */
  private List<String> transcript(int crowd, Duration when, Ending ending) {
    List<String> seen = new ArrayList<>();
    UserId friend = street.somebody();
    String otherRef = street.tracking.refOf(street.somebody());
    street.tracking.positionsSay(Closeness.NEAR);
    for (int i = 0; i < crowd; i++) {
      expect(201, counter.ask(street.somebody(), ref));
    }
    Seen first = counter.ask(civilian, ref);
    seen.add(first.toString());
    Instant begun = street.clock.instant();
    boolean happened = false;
    for (int millis :
        List.of(0, 1, 7_000, 7_001, 30_000, 59_999, 60_000, 60_001, 119_999, 130_000)) {
      street.clock.turn(Duration.between(street.clock.instant(), begun.plusMillis(millis)));
      if (!happened && millis >= when.toMillis()) {
        happened = true;
        ending.happen(this, first.id());
        street.tracking.positionsSay(Closeness.NEAR);
      }
      seen.add(millis + " ms");
      seen.add(counter.list(civilian, PartyKind.CIVILIAN).toString());
      seen.add(counter.list(civilian, PartyKind.CIVILIAN, 1, null).toString());
      seen.add(counter.ask(civilian, otherRef).toString());
      seen.add(counter.ask(civilian, ref).toString());
      seen.add(counter.ask(civilian, "nonsense").toString());
      seen.add(counter.list(civilian, PartyKind.CIVILIAN).toString());
      seen.add(counter.ask(friend, ref).toString());
      seen.add(counter.list(friend, PartyKind.CIVILIAN).toString());
      seen.add("told: " + street.alerts.to(civilian) + street.alerts.to(friend));
      seen.add("balance: " + street.scoring.balance(civilian));
    }
    for (int i = 0; i < 80; i++) {
      street.clock.turn(Duration.ofSeconds(60));
      seen.add(counter.ask(civilian, ref).toString());
    }
    Map<String, String> names = new HashMap<>();
    return seen.stream()
        .map(
            line ->
                ID.matcher(line)
                    .replaceAll(
                        id -> names.computeIfAbsent(id.group(), any -> "id" + names.size())))
        .toList();
  }

  @Test
  void nothingIsKeptOfARequestThatDidNotBecomeAMeeting() {
    counter.ask(civilian, ref);
    endings()
        .values()
        .forEach(
            ending -> {
              UserId asker = street.somebody();
              UUID id = counter.ask(asker, ref).id();
              ending.happen(this, id);
              assertThat(street.of(asker)).isEmpty();
            });
    assertThat(street.audited).isEmpty();
    assertThat(street.scoring.asked()).isEmpty();
  }

  @Test
  void closenessIsAskedOnceAfterAcceptanceOnly() {
    endings()
        .values()
        .forEach(ending -> ending.happen(this, counter.ask(street.somebody(), ref).id()));
    assertThat(street.tracking.asked()).hasSize(2);
    street.tracking.positionsSay(Closeness.NEAR);
    UUID id = counter.ask(civilian, ref).id();
    counter.list(civilian, PartyKind.CIVILIAN);
    counter.list(officer, PartyKind.OFFICER);
    assertThat(street.tracking.asked()).hasSize(2);
    expect(201, counter.accept(officer, id));
    assertThat(street.tracking.asked()).hasSize(3).endsWith(List.of(civilian, officer));
    expect(201, counter.accept(officer, id));
    counter.restart();
    expect(201, counter.accept(officer, id));
    assertThat(street.tracking.asked()).hasSize(3);
  }

  @Test
  void whoWasFoundApartStaysApartHoweverOftenItIsAccepted() {
    UUID id = counter.ask(civilian, ref).id();
    street.tracking.positionsSay(Closeness.UNKNOWN);
    Seen first = counter.accept(officer, id);
    assertThat(first.type()).isEqualTo("not-together");
    street.tracking.positionsSay(Closeness.NEAR);
    assertThat(counter.accept(officer, id)).isEqualTo(first);
    street.clock.turn(Duration.ofSeconds(60));
    assertThat(counter.accept(officer, id)).isEqualTo(first);
    assertThat(street.tracking.asked()).hasSize(1);
  }

  @Test
  void aRepeatedAcceptanceGetsTheSameAnswerAlsoAfterARestart() {
    UUID id = counter.ask(civilian, ref).id();
    Seen first = counter.accept(officer, id);
    street.clock.turn(Duration.ofHours(30));
    for (int i = 0; i < 2; i++) {
      Seen again = counter.accept(officer, id);
      assertThat(again.status()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.headers()).containsEntry("Idempotency-Replayed", "[true]");
      counter.restart();
    }
    assertThat(street.alerts.to(civilian)).hasSize(1);
    assertThat(street.audited).hasSize(2);
  }

  @Test
  void eightAcceptancesAtOncePayOnce() throws Exception {
    UUID id = counter.ask(civilian, ref).id();
    List<Seen> answers = atOnce(Collections.nCopies(8, () -> counter.accept(officer, id)));
    assertThat(answers)
        .allSatisfy(answer -> expect(201, answer))
        .extracting(Seen::body)
        .containsOnly(answers.getFirst().body());
    assertThat(street.scoring.paid()).hasSize(1);
    assertThat(street.tracking.asked()).hasSize(1);
    assertThat(street.of(civilian)).extracting(Encounter::status).containsExactly("confirmed");
    assertThat(street.alerts.to(civilian)).hasSize(1);
  }

  @Test
  void eightAskingsAtOnceAreOneRequest() throws Exception {
    List<Seen> answers = atOnce(Collections.nCopies(8, () -> counter.ask(civilian, ref)));
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers).filteredOn(answer -> answer.status() == 409).hasSize(7);
    assertThat(street.alerts.to(officer)).hasSize(1);
  }

  @Test
  void acceptanceAndRefusalAtOnceEndInOneOfThem() throws Exception {
    for (int i = 0; i < 20; i++) {
      UserId asker = street.somebody();
      UUID id = counter.ask(asker, ref).id();
      List<Seen> answers =
          atOnce(List.of(() -> counter.accept(officer, id), () -> counter.refuse(officer, id)));
      assertThat(answers).extracting(Seen::status).isIn(List.of(201, 404), List.of(404, 204));
      assertThat(street.of(asker)).hasSize(answers.getFirst().status() == 201 ? 1 : 0);
    }
  }

  @Test
  void aRequestOfAnotherOfficerIsAnsweredLikeOneThatNeverWas() {
    UUID id = counter.ask(civilian, ref).id();
    UserId stranger = street.somebody();
    Seen unknown = counter.accept(stranger, new UUID(1, 2));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(counter.accept(stranger, id)).isEqualTo(unknown);
    assertThat(counter.refuse(stranger, id)).isEqualTo(unknown);
    assertThat(counter.refuse(stranger, new UUID(1, 2))).isEqualTo(unknown);
    expect(201, counter.accept(officer, id));
    assertThat(counter.accept(stranger, id)).isEqualTo(unknown);
    assertThat(counter.list(stranger, PartyKind.OFFICER).body().path("items")).isEmpty();
  }

  @Test
  void anAcceptanceAfterSixtySecondsIsTooLate() {
    UUID id = counter.ask(civilian, ref).id();
    street.clock.turn(Duration.ofSeconds(60));
    expect(404, counter.accept(officer, id));
    expect(404, counter.refuse(officer, id));
    assertThat(counter.list(officer, PartyKind.OFFICER).body().path("items")).isEmpty();
    assertThat(street.of(civilian)).isEmpty();
  }

  @Test
  void aRestartForgetsRequestsAndRemembersMeetings() {
    UUID id = counter.ask(civilian, ref).id();
    counter.restart();
    expect(404, counter.accept(officer, id));
    assertThat(counter.list(civilian, PartyKind.CIVILIAN).body().path("items")).isEmpty();
    expect(201, counter.ask(civilian, ref));
  }

  @Test
  void aScanIsNothingToAccept() {
    UUID scan = street.scans().scan(officer, street.key(), street.code(civilian)).encounter();
    expect(404, counter.accept(officer, scan));
  }

  @Test
  void whateverIsWrongWithAReferenceIsAnsweredAlike() {
    Seen nonsense = counter.ask(civilian, "nonsense");
    assertThat(nonsense.status()).isEqualTo(422);
    assertThat(nonsense.type()).isEqualTo("officer-not-near");
    street.tracking.gone(officer);
    for (String wrong : List.of(ref, "", "\u0000", officer.toString(), "' or 1=1--")) {
      assertThat(counter.ask(civilian, wrong)).isEqualTo(nonsense);
    }
    assertThat(street.alerts.to(officer)).isEmpty();
  }

  @Test
  void theRulesNoIsToldToTheOfficerAndSeenByBothSinceTheyHadAgreed() {
    UUID id = counter.ask(civilian, ref).id();
    street.scoring.nextRefuses(
        new RuleForbids(List.of("You two met today already."), Duration.ofHours(12)));
    Seen refused = counter.accept(officer, id);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.type()).isEqualTo("rule-forbids");
    assertThat(refused.body().path("detail").asText()).contains("met today already");
    assertThat(counter.accept(officer, id)).isEqualTo(refused);
    assertThat(statuses(counter.list(officer, PartyKind.OFFICER))).containsExactly("refused");
    assertThat(statuses(counter.list(civilian, PartyKind.CIVILIAN))).containsExactly("refused");
    assertThat(street.alerts.to(civilian)).isEmpty();
    assertThat(street.audited).containsExactly("encounter.accepted", "encounter.refused");
  }

  @Test
  void whileScoringIsAwayTheMeetingStaysPendingAndARetryFinishesIt() {
    UUID id = counter.ask(civilian, ref).id();
    street.scoring.nextRefuses(new IllegalStateException("connection lost"));
    expect(503, counter.accept(officer, id));
    assertThat(statuses(counter.list(civilian, PartyKind.CIVILIAN))).containsExactly("pending");
    street.clock.turn(Duration.ofMinutes(5));
    expect(201, counter.accept(officer, id));
    assertThat(street.of(civilian))
        .singleElement()
        .satisfies(
            meeting -> {
              assertThat(meeting.proof()).isEqualTo(Proof.REQUEST);
              assertThat(meeting.verdict()).isEqualTo(Verdict.CONSISTENT);
              assertThat(meeting.madeAt())
                  .isEqualTo(street.clock.instant().minus(Duration.ofMinutes(5)));
            });
  }

  @Test
  void aProcessThatDiedWhilePayingIsFollowedByOneThatAnswersTheRetry() {
    UUID id = counter.ask(civilian, ref).id();
    street.scoring.nextCrashesAfter();
    assertThatThrownBy(() -> counter.accept(officer, id)).isInstanceOf(FakeScoring.Crash.class);
    counter.restart();
    Seen retry = counter.accept(officer, id);
    expect(201, retry);
    assertThat(retry.headers()).isEmpty();
    assertThat(street.scoring.paid()).hasSize(1);
    assertThat(street.alerts.to(civilian)).hasSize(1);
  }

  @Test
  void requestsAndMeetingsAreOneListNewestFirstPageByPage() {
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      street.clock.turn(Duration.ofSeconds(1));
      made.add(street.scans().scan(officer, street.key(), street.code(civilian)).encounter());
      street.clock.turn(Duration.ofSeconds(1));
      made.add(counter.ask(street.somebody(), ref).id());
    }
    Collections.reverse(made);
    for (int limit = 1; limit <= 7; limit++) {
      List<UUID> seen = new ArrayList<>();
      String after = null;
      do {
        JsonNode page = counter.list(officer, PartyKind.OFFICER, limit, after).body();
        assertThat(page.path("items").size()).isLessThanOrEqualTo(limit);
        page.path("items").forEach(one -> seen.add(UUID.fromString(one.path("id").asText())));
        after = page.path("next").textValue();
      } while (after != null);
      assertThat(seen).isEqualTo(made);
    }
  }

  private static List<Seen> atOnce(List<Callable<Seen>> calls) throws Exception {
    List<Seen> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Seen> call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
    }
    return answers;
  }
}
