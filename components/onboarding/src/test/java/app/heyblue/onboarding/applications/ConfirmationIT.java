package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.ApplicationView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ConfirmationIT {
  private static final String MAYA = "maya@people.example";
  private final House house = new House();

  @Test
  void aWrongCodeSaysHowManyTriesAreLeftAndTheFifthIsTheLast() {
    UUID id = house.apply(House.civilian(MAYA));
    for (int left = 4; left >= 0; left--) {
      int expected = left;
      Refusals.assertRefused(
              "wrong-code", () -> house.applications.confirm(id, house.wrongCodeFor(id)))
          .satisfies(
              problem ->
                  assertThat(((ProblemException) problem).extensions())
                      .containsEntry("triesLeft", expected));
    }
    Refusals.assertRefused("code-expired", () -> house.applications.confirm(id, house.codeFor(id)));
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.AWAITING_EMAIL);
  }

  @Test
  void triesAreBoundedUnderConcurrencyToo() throws Exception {
    UUID id = house.apply(House.civilian(MAYA));
    List<String> slugs =
        atOnce(
            20,
            () -> {
              try {
                house.applications.confirm(id, house.wrongCodeFor(id));
                return "confirmed";
              } catch (ProblemException e) {
                return e.type().slug();
              }
            });

    assertThat(slugs).filteredOn("wrong-code"::equals).hasSize(5);
    assertThat(slugs).filteredOn("code-expired"::equals).hasSize(15);
  }

  @Test
  void aCodeLivesTenMinutes() {
    UUID id = house.apply(House.civilian(MAYA));
    house.passTime(Duration.ofMinutes(10));

    Refusals.assertRefused("code-expired", () -> house.applications.confirm(id, house.codeFor(id)));
  }

  @Test
  void confirmingAgainAnswersWhereTheApplicationStands() {
    UUID id = house.join(House.civilian(MAYA));

    assertThat(house.applications.confirm(id, house.codeFor(id)).status())
        .isEqualTo(ApplicationStatus.ACTIVE);
  }

  @Test
  void twoConfirmationsAtOnceAreOne() throws Exception {
    UUID id = house.apply(House.civilian(MAYA));
    List<ApplicationView> answers =
        atOnce(8, () -> house.applications.confirm(id, house.codeFor(id)));

    assertThat(answers).extracting(view -> view.status().shown()).containsOnly("verifying");
    assertThat(house.audited).filteredOn("application.confirmed"::equals).hasSize(1);
    house.pass();
    assertThat(house.streams.events()).hasSize(1);
  }

  @Test
  void theApplicationThatIsConfirmedReplacesOthersOfTheAddress() {
    UUID first = house.apply(House.civilian(MAYA));
    UUID second = house.apply(House.civilian(" MAYA@people.example"));

    house.applications.confirm(second, house.codeFor(second));
    assertThat(house.applications.view(first).status()).isEqualTo(ApplicationStatus.REJECTED);
    Refusals.assertRefused(
        "code-expired", () -> house.applications.confirm(first, house.codeFor(first)));
    house.pass();
    assertThat(house.applications.view(second).status()).isEqualTo(ApplicationStatus.ACTIVE);
  }

  @Test
  void strangersWhoApplyWithAnAddressKeepItsReaderFromNothing() {
    UUID own = house.apply(House.civilian(MAYA));
    for (int i = 0; i < 9; i++) {
      house.apply(House.civilian(MAYA));
    }
    Refusals.assertRefused("too-many-requests", () -> house.apply(House.civilian(MAYA)));
    house.applications.confirm(own, house.codeFor(own));
    house.pass();

    assertThat(house.applications.view(own).status()).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(house.audited).filteredOn("application.superseded"::equals).hasSize(9);
  }

  @Test
  void nobodyAppliesWithADomainThatMayBeSomebodyElses() {
    Refusals.assertRefused(
        "invalid-input", () -> house.apply(House.civilian("maya@stra\u00DFe.example")));
    assertThat(house.mails).isEmpty();
  }

  @Test
  void anApplicationThatWasConfirmedIsNotReplaced() {
    UUID first = house.join(House.merchant("bakery@shops.example"));
    UUID second = house.apply(House.merchant("bakery@shops.example"));

    assertThat(house.applications.view(first).status()).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
    assertThat(house.mails.getLast().template()).isEqualTo(Template.ALREADY_REGISTERED);
    Refusals.assertRefused("wrong-code", () -> house.applications.confirm(second, "123456"));
  }

  @Test
  void aKnownAddressIsAnsweredLikeAnUnknownOneAndOnlyItsMailTells() {
    house.join(House.civilian(MAYA));
    int hashed = house.identities.hashed.get();
    UUID known = house.apply(House.civilian(MAYA));
    UUID unknown = house.apply(House.civilian("nobody@people.example"));

    assertThat(house.identities.hashed.get() - hashed).isEqualTo(2);
    assertThat(house.applications.view(known).status())
        .isEqualTo(house.applications.view(unknown).status());
    assertThat(house.mails.get(2).template()).isEqualTo(Template.ALREADY_REGISTERED);
    for (int i = 0; i < 5; i++) {
      Refusals.assertRefused("wrong-code", () -> house.applications.confirm(known, "123456"));
    }
    Refusals.assertRefused("code-expired", () -> house.applications.confirm(known, "123456"));
    UUID again = house.apply(House.civilian(MAYA));
    assertThat(house.applications.view(known).status()).isEqualTo(ApplicationStatus.AWAITING_EMAIL);
    assertThat(house.applications.view(again).status()).isEqualTo(ApplicationStatus.AWAITING_EMAIL);
  }

  @Test
  void anAddressIsMailedTenCodesAnHour() {
    for (int i = 0; i < 10; i++) {
      house.apply(House.civilian(MAYA));
    }
    Refusals.assertRefused("too-many-requests", () -> house.apply(House.civilian(MAYA)))
        .satisfies(
            problem ->
                assertThat(((ProblemException) problem).retryAfter())
                    .contains(Duration.ofHours(1)));
    house.passTime(Duration.ofHours(1));
    house.apply(House.civilian(MAYA));
  }

  @Test
  void confirmingWhileAnotherApplicationComesNeverFailsUnexpectedly() throws Exception {
    for (int round = 0; round < 5; round++) {
      String email = "maya" + round + "@people.example";
      UUID first = house.apply(House.civilian(email));
      List<Callable<String>> both =
          List.of(
              () -> {
                try {
                  house.applications.confirm(first, house.codeFor(first));
                  return "confirmed";
                } catch (ProblemException e) {
                  return e.type().slug();
                }
              },
              () -> {
                UUID second = house.apply(House.civilian(email));
                return house.mails.stream()
                        .anyMatch(
                            mail -> mail.id().equals(second) && mail.values().containsKey("code"))
                    ? "mailed"
                    : "known";
              });
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<String> outcomes = new ArrayList<>();
        for (var outcome : threads.invokeAll(both)) {
          outcomes.add(outcome.get());
        }
        assertThat(outcomes).isIn(List.of("confirmed", "known"), List.of("confirmed", "mailed"));
      }
    }
  }

  @Test
  void anUnknownIdIsNotFound() {
    Refusals.assertRefused("not-found", () -> house.applications.view(new UUID(0, 9)));
    Refusals.assertRefused("not-found", () -> house.applications.confirm(new UUID(0, 9), "123456"));
    Refusals.assertRefused("not-found", () -> house.reviews.approve(new UUID(0, 9), null));
  }

  private static <T> List<T> atOnce(int times, Callable<T> call) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        calls.add(call);
      }
      List<T> answers = new ArrayList<>();
      for (var answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
