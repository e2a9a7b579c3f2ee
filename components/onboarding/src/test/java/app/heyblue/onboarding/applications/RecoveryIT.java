package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.codes.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Getting back in. */
class RecoveryIT {
  private static final String MAYA = "maya@people.example";
  private final House house = new House();
  private UserId maya = new UserId(new UUID(0, 0));

  @BeforeEach
  void join() {
    UUID id = house.join(House.civilian(MAYA));
    maya = Objects.requireNonNull(house.applications.view(id).userId());
  }

  @Test
  void aNewDeviceIsLinkedByTheMailedCodeOnce() {
    UUID id = house.recovery.request(Purpose.DEVICE_RELINK, " Maya@People.example", Language.EN);
    house.recovery.relink(id, house.codeFor(id), "new-phone");

    assertThat(house.identities.devices).containsEntry(maya, "new-phone");
    Refusals.assertRefused(
        "code-expired", () -> house.recovery.relink(id, house.codeFor(id), "another-phone"));
    assertThat(house.audited).contains("deviceRelink.requested", "deviceRelink.confirmed");
  }

  @Test
  void aPasswordIsSetByTheMailedCode() {
    UUID id = house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);
    house.recovery.reset(id, house.codeFor(id), "another password");

    assertThat(house.identities.passwords).containsKey(maya);
  }

  @Test
  void aCodeOfOnePurposeIsNoneOfAnother() {
    UUID id = house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);

    Refusals.assertRefused(
        "not-found", () -> house.recovery.relink(id, house.codeFor(id), "new-phone"));
    Refusals.assertRefused("not-found", () -> house.applications.confirm(id, house.codeFor(id)));
  }

  @Test
  void anUnknownAddressGetsAnIdLikeAnyAndNoCodeOpensIt() {
    UUID id = house.recovery.request(Purpose.PASSWORD_RESET, "nobody@people.example", Language.EN);

    assertThat(house.mails.getLast().values()).isEmpty();
    for (int i = 0; i < 5; i++) {
      Refusals.assertRefused(
          "wrong-code", () -> house.recovery.reset(id, "123456", "another password"));
    }
    Refusals.assertRefused(
        "code-expired", () -> house.recovery.reset(id, "123456", "another password"));
  }

  @Test
  void wrongTriesAreBounded() {
    UUID id = house.recovery.request(Purpose.DEVICE_RELINK, MAYA, Language.EN);
    for (int i = 0; i < 5; i++) {
      Refusals.assertRefused(
          "wrong-code", () -> house.recovery.relink(id, house.wrongCodeFor(id), "thief"));
    }
    Refusals.assertRefused(
        "code-expired", () -> house.recovery.relink(id, house.codeFor(id), "thief"));
    assertThat(house.identities.devices).isEmpty();
  }

  @Test
  void requestsAtOnceKeepToTheHourlyLimitOfTheirPurpose() throws Exception {
    Callable<String> request =
        () -> {
          try {
            house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);
            return "mailed";
          } catch (ProblemException e) {
            return e.type().slug();
          }
        };
    List<String> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(Collections.nCopies(24, request))) {
        answers.add(answer.get());
      }
    }

    // The application's code is of another purpose.
    assertThat(answers).filteredOn("mailed"::equals).hasSize(10);
    assertThat(answers).filteredOn("too-many-requests"::equals).hasSize(14);
    assertThat(house.mails).filteredOn(mail -> mail.values().containsKey("code")).hasSize(11);
  }

  @Test
  void strangersWhoAskForCodesEndNobodyElses() {
    UUID first = house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);
    for (int i = 0; i < 9; i++) {
      UUID theirs = house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);
      for (int tries = 0; tries < 5; tries++) {
        Refusals.assertRefused(
            "wrong-code",
            () -> house.recovery.reset(theirs, house.wrongCodeFor(theirs), "their password"));
      }
    }
    Refusals.assertRefused(
        "too-many-requests",
        () -> house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN));

    house.recovery.reset(first, house.codeFor(first), "another password");
    assertThat(house.identities.passwords).containsKey(maya);
  }

  @Test
  void whoUsesUpTheResetsOfAnAddressKeepsNobodyFromLinkingADevice() {
    for (int i = 0; i < 10; i++) {
      house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);
    }
    UUID id = house.recovery.request(Purpose.DEVICE_RELINK, MAYA, Language.EN);
    house.recovery.relink(id, house.codeFor(id), "new-phone");

    assertThat(house.identities.devices).containsEntry(maya, "new-phone");
  }

  @Test
  void theOwnerIsToldOfAnotherPasswordOrDeviceThoughNoSessionWasOpen() {
    UUID reset = house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);
    house.recovery.reset(reset, house.codeFor(reset), "another password");
    assertThat(house.mails.getLast().template()).isEqualTo(Template.PASSWORD_CHANGED);
    assertThat(house.mails.getLast().to()).isEqualTo(MAYA);

    UUID relink = house.recovery.request(Purpose.DEVICE_RELINK, MAYA, Language.EN);
    house.recovery.relink(relink, house.codeFor(relink), "new-phone");
    assertThat(house.mails.getLast().template()).isEqualTo(Template.DEVICE_LINKED);
  }

  @Test
  void noCodeIsMailedToADomainThatMayBeSomebodyElses() {
    int mails = house.mails.size();
    Refusals.assertRefused(
        "invalid-input",
        () ->
            house.recovery.request(
                Purpose.PASSWORD_RESET, "maya@stra\u00DFe.example", Language.EN));

    assertThat(house.mails).hasSize(mails);
  }
}
