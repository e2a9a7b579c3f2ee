package app.heyblue.notifications.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class PreferenceEditorIT {
  private static final UserId ANN = new UserId(new UUID(0, 1));
  private static final String FIRST = "\"1\"";

  private final List<String> audited = new CopyOnWriteArrayList<>();
  private final PreferenceEditor editor =
      new PreferenceEditor(
          TestDatabase.create("notifications"),
          (tx, action, subject, details) -> audited.add(action + " " + subject));

  @Test
  void nothingIsOnUntilItIsSwitchedOn() {
    assertThat(editor.read(ANN).mail()).isEmpty();

    editor.replace(ANN, PartyKind.FAMILY, FIRST, Map.of("donationReceived", true), null);
    assertThat(editor.read(ANN).mail()).containsExactly(NotificationKind.DONATION_RECEIVED);
    assertThat(audited).containsExactly("preferences.changed " + ANN);

    editor.replace(ANN, PartyKind.FAMILY, "\"2\"", Map.of("donationReceived", false), null);
    assertThat(editor.read(ANN).mail()).isEmpty();
    assertThat(editor.read(new UserId(new UUID(0, 2))).version()).isEqualTo(1);
  }

  @Test
  void whatIsNotNamedIsOff() {
    editor.replace(
        ANN,
        PartyKind.OFFICER,
        FIRST,
        Map.of("giftReceived", true, "encounterConfirmed", true),
        null);
    editor.replace(ANN, PartyKind.OFFICER, "\"2\"", Map.of("giftReceived", true), null);

    assertThat(editor.read(ANN).mail()).containsExactly(NotificationKind.GIFT_RECEIVED);
  }

  @Test
  void ofTwoWhoStartFromOneVersionOnePasses() throws Exception {
    Callable<String> change =
        () -> {
          try {
            editor.replace(
                ANN, PartyKind.CIVILIAN, FIRST, Map.of("encounterConfirmed", true), null);
            return "changed";
          } catch (ProblemException e) {
            return e.type().slug();
          }
        };
    List<String> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(Collections.nCopies(6, change))) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).filteredOn("changed"::equals).hasSize(1);
    assertThat(answers).filteredOn("stale"::equals).hasSize(5);
  }

  @Test
  void whatIsAlwaysSentStaysOnAndTheAnswerSaysSo() {
    refused(
        "always-sent",
        () -> editor.replace(ANN, PartyKind.CIVILIAN, FIRST, Map.of("security", false), null));
    assertThat(
            editor
                .replace(ANN, PartyKind.CIVILIAN, FIRST, Map.of("security", true), null)
                .version())
        .isEqualTo(2);
  }

  @Test
  void whatAPartyDoesntHaveIsRefused() {
    for (String kind : List.of("giftReceived", "nonsense", "", "\u0000", "DONATION_RECEIVED")) {
      refused(
          "invalid-input",
          () -> editor.replace(ANN, PartyKind.CHARITY, FIRST, Map.of(kind, true), null));
    }
    refused(
        "precondition-required",
        () -> editor.replace(ANN, PartyKind.CHARITY, null, Map.of(), null));
  }

  @Test
  void pushesAreSwitchedByThemselvesAndStayWhereTheyAreNotNamed() {
    assertThat(editor.read(ANN).push()).isEmpty();
    editor.replace(
        ANN,
        PartyKind.CIVILIAN,
        FIRST,
        Map.of(),
        Map.of("officerNearby", true, "balanceChanged", false));
    editor.replace(ANN, PartyKind.CIVILIAN, "\"2\"", Map.of("encounterConfirmed", true), null);
    assertThat(editor.read(ANN).push()).containsExactly(PushKind.OFFICER_NEARBY);
    editor.replace(ANN, PartyKind.CIVILIAN, "\"3\"", Map.of(), Map.of());
    assertThat(editor.read(ANN).push()).isEmpty();
    for (String kind : List.of("encounterRequested", "sharingEnded", "")) {
      refused(
          "invalid-input",
          () -> editor.replace(ANN, PartyKind.CIVILIAN, "\"4\"", Map.of(), Map.of(kind, true)));
    }
  }

  private static void refused(String slug, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type().slug()).isEqualTo(slug));
  }
}
