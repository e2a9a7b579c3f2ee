package app.heyblue.rules.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.ProblemException;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.deciding.ActiveRules;
import app.heyblue.rules.domain.Per;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleInput;
import app.heyblue.rules.domain.RuleInput.LimitInput;
import app.heyblue.rules.editing.RuleEditor;
import app.heyblue.rules.postgres.HistoryTable;
import app.heyblue.rules.postgres.RuleRepository;
import app.heyblue.rules.simulation.Report.Finding;
import app.heyblue.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SimulationsIT {
  private static final Instant NOON = Instant.parse("2026-07-04T16:00:00Z"); // in New York
  private static final Instant END = NOON.plus(Duration.ofDays(30));

  private final Database database = TestDatabase.create("rules");
  private final IdGenerator ids = KernelBeans.timeOrdered(Clock.systemUTC(), new SecureRandom());
  private final RuleRepository repository = new RuleRepository();
  private final RuleEditor editor =
      new RuleEditor(
          database,
          repository,
          new ActiveRules(database, repository),
          (tx, action, subject, details) -> {},
          ids,
          Clock.systemUTC());
  private final HistoryTable history = new HistoryTable();
  private final HistoryConsumer consumer = new HistoryConsumer(history);
  private final Simulations simulations =
      new Simulations(database, repository, history, ids, Clock.systemUTC());
  private final List<Event> events = new ArrayList<>();
  private final Rule active = active("Ten each", "true", "10", 0);

  @Test
  void saysWhatADraftWouldHavePaidAndTheDifference() {
    met("civilian-1", "officer-1", "qr", NOON);
    met("civilian-2", "officer-1", "request", NOON.plusSeconds(60));

    Report report = simulate(draft("Fifteen by code", "proof == 'qr'", "15", 10, null), null);

    assertThat(report.transactions()).isEqualTo(2);
    assertThat(report.totals().paid()).isEqualTo(new Report.Sum(2, 40));
    assertThat(report.totals().simulated()).isEqualTo(new Report.Sum(2, 50));
    assertThat(report.totals().difference()).isEqualTo(new Report.Sum(0, 10));
    assertThat(report.kinds())
        .containsExactly(
            new Report.OfKind(
                RuleKind.ENCOUNTER,
                2,
                Map.of(
                    "civilianPoints", new Report.Amounts(20, 25, 5),
                    "officerPoints", new Report.Amounts(20, 25, 5))));
    assertThat(report.changes()).isEqualTo(new Report.Changes(1, 1, 0, 0));
  }

  @Test
  void aDraftThatSaysTheSameAsTheActiveRuleChangesNothing() {
    met("civilian-1", "officer-1", "qr", NOON);

    Report report = simulate(draft("The same", "true", "10", 0, null), active.id());

    assertThat(report.totals().difference()).isEqualTo(new Report.Sum(0, 0));
    assertThat(report.changes()).isEqualTo(new Report.Changes(1, 0, 0, 0));
    assertThat(report.rules()).hasSize(1);
  }

  @Test
  void tellsRulesThatNeverMatchedFromThoseThatWereAlwaysOutranked() {
    active("Nobody", "proof == 'carrier pigeon'", "1", 5);
    met("civilian-1", "officer-1", "qr", NOON);

    Report report = simulate(draft("Above all", "true", "11", 100, null), null);

    assertThat(report.rules())
        .extracting(Report.RuleUse::name, Report.RuleUse::finding, Report.RuleUse::draft)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("Above all", Finding.DECIDES, true),
            org.assertj.core.groups.Tuple.tuple("Nobody", Finding.NEVER_MATCHED, false),
            org.assertj.core.groups.Tuple.tuple("Ten each", Finding.ALWAYS_OUTRANKED, false));
  }

  @Test
  void limitsCountInEachWindowAndPaymentsBeforeTheSpanCountToo() {
    for (int day = 0; day < 3; day++) {
      Instant at = NOON.plus(Duration.ofDays(day));
      met("civilian-1", "officer-1", "qr", at);
      met("civilian-1", "officer-2", "qr", at.plus(Duration.ofHours(13))); // tomorrow, in New York
    }
    assertThat(refusedByLimit(LimitWindow.CALENDAR_DAY, NOON)).isEqualTo(2);
    assertThat(refusedByLimit(LimitWindow.ROLLING_24_HOURS, NOON)).isEqualTo(3);
    assertThat(refusedByLimit(LimitWindow.TOTAL, NOON)).isEqualTo(5);
    // The first meeting lies before, and is counted as paid.
    assertThat(refusedByLimit(LimitWindow.TOTAL, NOON.plusSeconds(1))).isEqualTo(5);
    assertThat(refusedByLimit(LimitWindow.ROLLING_24_HOURS, NOON.plusSeconds(1))).isEqualTo(3);
  }

  @Test
  void aReplayOfTheStreamLeavesTheHistoryAsItWas() {
    met("civilian-1", "officer-1", "qr", NOON);
    Report before = simulate(draft("Draft", "true", "12", 10, null), null);

    events.forEach(event -> database.useTransaction(tx -> consumer.accept(tx, event)));

    assertThat(simulate(draft("Draft", "true", "12", 10, null), null).totals())
        .isEqualTo(before.totals());
  }

  @Test
  void whatNoRuleDecidedIsNotHistory() {
    tell(Map.of("kind", "reversal", "facts", Map.of(), "outcome", Map.of()));

    assertThat(simulate(draft("Draft", "true", "12", 10, null), null).transactions()).isZero();
  }

  @Test
  void factsThatTodaysRulesDontKnowAreCountedAndLeftOut() {
    tell(
        Map.of(
            "kind", "encounter",
            "ruleId", active.id().toString(),
            "facts", Map.of("at", NOON.toString(), "colour", "blue"),
            "outcome", Map.of("civilianPoints", 10)));

    Report report = simulate(draft("Draft", "true", "12", 10, null), null);

    assertThat(report.unreadable()).isOne();
    assertThat(report.totals().paid()).isEqualTo(new Report.Sum(0, 0));
  }

  @Test
  void aSecondSimulationAtOnceIsToldWhenToComeBack() {
    met("civilian-1", "officer-1", "qr", NOON);
    RuleInput draft = draft("Draft", "true", "12", 10, null);

    Report first =
        simulations.run(
            simulations.trial(draft, null),
            NOON,
            END,
            (done, of) -> {
              assertThatThrownBy(() -> simulate(draft, null))
                  .isInstanceOfSatisfying(
                      ProblemException.class,
                      problem -> assertThat(problem.type()).isEqualTo(CommonProblems.UNAVAILABLE));
              return true;
            });

    assertThat(first).isNotNull();
  }

  @Test
  void aDraftReplacesNothingButAnActiveRuleOfItsKind() {
    assertThatThrownBy(() -> simulate(draft("Draft", "true", "12", 10, null), ids.next()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(ProblemException.InputError::pointer)
                    .containsExactly("/replaces"));
  }

  @Test
  void whoIsGoneEndsIt() {
    met("civilian-1", "officer-1", "qr", NOON);

    assertThat(simulations.run(simulations.trial(active.id()), NOON, END, (done, of) -> false))
        .isNull();
  }

  private long refusedByLimit(LimitWindow window, Instant from) {
    RuleInput draft = draft("Once", "true", "10", 10, new LimitInput(Per.CIVILIAN, window, 1L));
    Report report =
        Objects.requireNonNull(
            simulations.run(simulations.trial(draft, null), from, END, (done, of) -> true));
    return report.changes().refusedByLimits();
  }

  private Report simulate(RuleInput draft, @Nullable UUID replaces) {
    return Objects.requireNonNull(
        simulations.run(simulations.trial(draft, replaces), NOON, END, (done, of) -> true));
  }

  private Rule active(String name, String when, String points, int priority) {
    Rule rule =
        editor.create(
            draft(name, when, points, priority, null),
            app.heyblue.kernel.UserId.parse("01980000-0000-7000-8000-000000000001"));
    return editor.activate(rule.id());
  }

  private static RuleInput draft(
      String name, String when, String points, int priority, @Nullable LimitInput limit) {
    Map<String, @Nullable String> then = new HashMap<>();
    then.put("civilianPoints", points);
    then.put("officerPoints", points);
    return new RuleInput(
        name,
        RuleKind.ENCOUNTER,
        when,
        then,
        priority,
        null,
        null,
        limit == null ? null : List.of(limit));
  }

  private void met(String civilian, String officer, String proof, Instant at) {
    tell(
        Map.of(
            "kind", "encounter",
            "ruleId", active.id().toString(),
            "facts",
                Map.of(
                    "civilian",
                    civilian,
                    "officer",
                    officer,
                    "proof",
                    proof,
                    "verdict",
                    "unknown",
                    "officerTimeZone",
                    "America/New_York",
                    "agencyZip",
                    "10001",
                    "at",
                    at.toString()),
            "outcome", Map.of("civilianPoints", 10, "officerPoints", 10)));
  }

  private void tell(Map<String, Object> data) {
    Event event =
        new Event(
            Stream.TRANSACTIONS,
            events.size() + 1L,
            ids.next(),
            "app.heyblue.transaction.recorded.v1",
            "key",
            NOON,
            Json.mapper().valueToTree(data));
    events.add(event);
    database.useTransaction(tx -> consumer.accept(tx, event));
  }
}
