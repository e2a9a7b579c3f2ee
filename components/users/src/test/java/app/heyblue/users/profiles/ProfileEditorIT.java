package app.heyblue.users.profiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import app.heyblue.kernel.UserId;
import app.heyblue.users.Profile;
import app.heyblue.users.Registry;
import app.heyblue.users.UsersProblems;
import app.heyblue.users.profiles.ProfileEditor.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ProfileEditorIT {
  private static final Wish NOTHING = new Wish(null, null, null, null);
  private final Registry registry = new Registry();
  private final ProfileEditor editor = registry.editor;
  private final UserId civilian = registry.join(PartyKind.CIVILIAN, "Maya");
  private final UserId officer = registry.join(PartyKind.OFFICER, "Dana Reyes");

  @Test
  void everybodyBeginsInEnglishShowingNothing() {
    Profile profile = profile(officer);
    assertThat(profile.displayName()).isEqualTo("Dana Reyes");
    assertThat(profile.locale()).isEqualTo(Language.EN);
    assertThat(profile.showName()).isFalse();
    assertThat(profile.showEncounterCount()).isFalse();
    assertThat(profile.version()).isEqualTo(1);
  }

  @Test
  void aCallerReadsTheOwnWriteAndEachChangeLeavesTheRestAsItWas() {
    Profile first = editor.change(civilian, "\"1\"", new Wish("Maya L.", null, null, null));
    assertThat(first.displayName()).isEqualTo("Maya L.");
    assertThat(first.version()).isEqualTo(2);
    assertThat(profile(civilian)).isEqualTo(first);
    Profile second = editor.change(civilian, "\"2\"", new Wish(null, Language.ES, null, null));
    assertThat(second.displayName()).isEqualTo("Maya L.");
    assertThat(second.locale()).isEqualTo(Language.ES);
    assertThat(profile(civilian)).isEqualTo(second);
    assertThat(registry.audited).containsExactly("profile.changed", "profile.changed");
  }

  @Test
  void theAnswerIsRightEvenWhereTheReadModelIsLate() {
    registry.delivers = false;
    assertThat(editor.change(officer, "\"1\"", new Wish(null, null, true, true)))
        .satisfies(
            answer -> {
              assertThat(answer.showName()).isTrue();
              assertThat(answer.showEncounterCount()).isTrue();
              assertThat(answer.version()).isEqualTo(2);
            });
    // The version told last counts, not the one read: no change is lost meanwhile.
    refused(
        CommonProblems.STALE,
        () -> editor.change(officer, "\"1\"", new Wish(null, null, false, null)));
  }

  @Test
  void ofEightChangesAtOnceFromOneVersionOneWinsAndTheOthersAreStale() throws Exception {
    List<Callable<Profile>> changes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String name = "Maya " + i;
      changes.add(() -> editor.change(civilian, "\"1\"", new Wish(name, null, null, null)));
    }
    List<Object> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Profile> change : threads.invokeAll(changes)) {
        try {
          outcomes.add(change.get());
        } catch (ExecutionException e) {
          outcomes.add(e.getCause() instanceof ProblemException problem ? problem.type() : e);
        }
      }
    }
    assertThat(outcomes).filteredOn(CommonProblems.STALE::equals).hasSize(7);
    assertThat(outcomes)
        .filteredOn(Profile.class::isInstance)
        .singleElement()
        .isEqualTo(profile(civilian));
    assertThat(profile(civilian).version()).isEqualTo(2);
  }

  @Test
  void theVersionMustBeNamedAndCurrent() {
    Wish wish = new Wish("Maya L.", null, null, null);
    refused(CommonProblems.PRECONDITION_REQUIRED, () -> editor.change(civilian, null, wish));
    refused(CommonProblems.STALE, () -> editor.change(civilian, "\"7\"", wish));
    refused(CommonProblems.PRECONDITION_REQUIRED, () -> editor.change(civilian, null, NOTHING));
    refused(CommonProblems.STALE, () -> editor.change(civilian, "\"7\"", NOTHING));
    assertThat(profile(civilian).version()).isEqualTo(1);
  }

  @Test
  void anEmptyChangeTellsNothing() {
    int before = registry.told.size();
    assertThat(editor.change(civilian, "\"1\"", NOTHING).version()).isEqualTo(1);
    assertThat(registry.told).hasSize(before);
    assertThat(registry.audited).isEmpty();
  }

  @Test
  void aVerifiedNameStaysAndOnlyOfficersHaveAnOfficersSettings() {
    UserId charity = registry.join(PartyKind.CHARITY, "Food Bank");
    refused(
        UsersProblems.NAME_IS_VERIFIED,
        () -> editor.change(charity, "*", new Wish("Red Cross", null, null, null)));
    refused(
        CommonProblems.INVALID_INPUT,
        () -> editor.change(civilian, "*", new Wish(null, null, true, null)));
    refused(
        CommonProblems.INVALID_INPUT,
        () -> editor.change(charity, "*", new Wish(null, null, null, false)));
  }

  @Test
  void namesOfPeopleAreSealedInTheTablesAndInTheStream() {
    editor.change(civilian, "*", new Wish("Maya Secretly", null, null, null));
    assertThat(registry.told.toString()).doesNotContain("Secretly").doesNotContain("Dana");
    String rows =
        registry.database.<String, RuntimeException>read(
            tx ->
                tx.createQuery(
                        """
                        select (select string_agg(p::text, ' ') from users.profile p)
                          || coalesce((select string_agg(w::text, ' ') from users.profile_word w), '')
                        """)
                    .mapTo(String.class)
                    .one());
    assertThat(rows).doesNotContainIgnoringCase("secretly").doesNotContainIgnoringCase("dana");
  }

  @Test
  void aForgottenPersonHasAProfileWithoutAName() {
    registry.database.useTransaction(tx -> registry.cipher.destroyKey(tx, civilian));
    assertThat(profile(civilian).displayName()).isNull();
  }

  private Profile profile(UserId party) {
    return registry.directory.find(party).orElseThrow();
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
