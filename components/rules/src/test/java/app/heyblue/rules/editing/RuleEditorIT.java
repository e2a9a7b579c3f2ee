package app.heyblue.rules.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import app.heyblue.postgres.Database;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleStatus;
import app.heyblue.rules.domain.RuleVersion;
import app.heyblue.testing.TestDatabase;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RuleEditorIT {
  private final Database database = TestDatabase.create("rules");
  private final RulesProcess here = new RulesProcess(database);

  @Test
  void aRuleBeginsAsADraftInVersionOne() {
    Rule rule = here.create("Small", "points < 10", "true");

    assertThat(rule.status()).isEqualTo(RuleStatus.DRAFT);
    assertThat(rule.current().version()).isEqualTo(1);
    assertThat(read(rule)).isEqualTo(rule);
    assertThat(here.decide(1).allowed()).isFalse();
    assertThat(here.audited()).containsExactly("rule.created " + rule.id());
  }

  @Test
  void aPatchMakesTheNextVersionAndKeepsTheOthers() throws JsonProcessingException {
    Rule first = here.create("Small", "points < 10", "true");

    Rule second =
        here.patch(
            first,
            "\"1\"",
            """
            {"when": "points < 20", "validFrom": "2026-01-01T00:00:00Z",
             "limits": [{"per": "pair", "window": "total", "max": 3}]}
            """);
    Rule third = here.patch(first, "\"2\"", "{\"validFrom\": null, \"limits\": null}");

    assertThat(second.current().version()).isEqualTo(2);
    assertThat(second.current().content().name()).isEqualTo("Small");
    assertThat(second.current().content().limits()).hasSize(1);
    assertThat(third.current().content().validFrom()).isNull();
    assertThat(third.current().content().limits()).isEmpty();
    assertThat(read(first)).isEqualTo(third);
    assertThat(versions(first)).containsExactly(first.current(), second.current(), third.current());
  }

  @Test
  void aPatchThatChangesNothingMakesNoVersion() throws JsonProcessingException {
    Rule rule = here.create("Small", "points < 10", "true");

    assertThat(here.patch(rule, "\"1\"", "{\"name\": \"Small\"}").current().version()).isEqualTo(1);
  }

  @Test
  void aPatchNeedsTheCurrentTag() throws JsonProcessingException {
    Rule rule = here.create("Small", "points < 10", "true");
    here.patch(rule, "\"1\"", "{\"priority\": 3}");

    assertProblem(CommonProblems.STALE, () -> here.patch(rule, "\"1\"", "{\"priority\": 4}"));
    assertProblem(
        CommonProblems.PRECONDITION_REQUIRED, () -> here.patch(rule, null, "{\"priority\": 4}"));
    assertThat(versions(rule)).hasSize(2);
  }

  @Test
  void aWrongPatchChangesNothing() {
    Rule rule = here.create("Small", "points < 10", "true");

    for (String patch :
        List.of(
            "{\"kind\": \"giveaway\"}",
            "{\"kind\": null}",
            "{\"when\": \"points\"}",
            "{\"then\": {\"allowed\": null}}",
            "{\"name\": null}")) {
      assertProblem(CommonProblems.INVALID_INPUT, () -> here.patch(rule, "\"1\"", patch));
    }
    assertThatThrownBy(() -> here.patch(rule, "\"1\"", "{\"wen\": \"true\"}"))
        .isInstanceOf(UnrecognizedPropertyException.class);
    assertThat(versions(rule)).hasSize(1);
    assertThat(here.audited()).hasSize(1);
  }

  @Test
  void ofPatchesAtOnceWithOneTagOnePasses() throws Exception {
    Rule rule = here.create("Small", "points < 10", "true");
    List<Callable<Boolean>> patches = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String patch = "{\"priority\": " + (100 + i) + "}";
      patches.add(
          () -> {
            try {
              here.patch(rule, "\"1\"", patch);
              return true;
            } catch (ProblemException e) {
              assertThat(e.type()).isEqualTo(CommonProblems.STALE);
              return false;
            }
          });
    }
    int passed = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> patch : threads.invokeAll(patches)) {
        passed += patch.get() ? 1 : 0;
      }
    }

    assertThat(passed).isEqualTo(1);
    assertThat(versions(rule)).hasSize(2);
  }

  @Test
  void statusMovesAsTheContractSays() {
    Rule rule = here.create("Small", "points < 10", "true");

    assertThat(here.editor.activate(rule.id()).status()).isEqualTo(RuleStatus.ACTIVE);
    assertThat(here.editor.activate(rule.id()).status()).isEqualTo(RuleStatus.ACTIVE);
    assertThat(here.editor.retire(rule.id()).status()).isEqualTo(RuleStatus.RETIRED);
    assertThat(here.editor.retire(rule.id()).status()).isEqualTo(RuleStatus.RETIRED);
    assertThat(here.editor.activate(rule.id()).status()).isEqualTo(RuleStatus.ACTIVE);
    assertThat(here.audited())
        .containsExactly(
            "rule.created " + rule.id(),
            "rule.activated " + rule.id(),
            "rule.retired " + rule.id(),
            "rule.activated " + rule.id());
    assertProblem(CommonProblems.NOT_FOUND, () -> here.editor.activate(new UUID(0, 0)));
  }

  @Test
  void aDraftCanBeGivenUp() {
    Rule rule = here.create("Small", "points < 10", "true");

    assertThat(here.editor.retire(rule.id()).status()).isEqualTo(RuleStatus.RETIRED);
  }

  @Test
  void aKeptVersionCanNotBeChanged() {
    Rule rule = here.create("Small", "points < 10", "true");

    assertThatThrownBy(
            () ->
                database.useTransaction(
                    tx -> tx.execute("update rules.rule_version set name = 'x'")))
        .hasMessageContaining("never changed");
    assertThatThrownBy(
            () -> database.useTransaction(tx -> tx.execute("delete from rules.rule_version")))
        .hasMessageContaining("never changed");
    assertThat(read(rule)).isEqualTo(rule);
  }

  @Test
  void listsByKindAndStatusInPages() {
    here.shipped.insertIfNone();
    Rule draft = here.create("Small", "points < 10", "true");

    assertThat(list(RuleKind.ENCOUNTER, null, new PageRequest(50, null))).hasSize(2);
    assertThat(list(RuleKind.DONATION, RuleStatus.DRAFT, new PageRequest(50, null)))
        .containsExactly(draft);
    List<Rule> firstAndOneMore = list(null, null, new PageRequest(3, null));
    assertThat(firstAndOneMore).hasSize(4);
    String after = Cursor.encode(firstAndOneMore.get(2).id().toString());
    assertThat(list(null, null, new PageRequest(3, after)).getFirst())
        .isEqualTo(firstAndOneMore.get(3));
  }

  private List<Rule> list(@Nullable RuleKind kind, @Nullable RuleStatus status, PageRequest page) {
    return database.read(tx -> here.repository.list(tx, kind, status, page));
  }

  private Rule read(Rule rule) {
    return database.read(tx -> here.repository.find(tx, rule.id())).orElseThrow();
  }

  private List<RuleVersion> versions(Rule rule) {
    return database.read(tx -> here.repository.versions(tx, rule.id(), new PageRequest(50, null)));
  }

  private static void assertProblem(ProblemType type, ThrowingCallable call) {
    ProblemException problem = catchThrowableOfType(ProblemException.class, call);
    assertThat(problem).isNotNull();
    assertThat(problem.type()).isEqualTo(type);
  }
}
