package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
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
  void requestsAtOnceKeepToTheHourlyLimitAndLeaveOneCodeAlive() throws Exception {
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

    // The code of the application was the first of the ten.
    assertThat(answers).filteredOn("mailed"::equals).hasSize(9);
    assertThat(answers).filteredOn("too-many-requests"::equals).hasSize(15);
    assertThat(house.mails).filteredOn(mail -> mail.values().containsKey("code")).hasSize(10);
    int alive =
        house.database.read(
            tx ->
                tx.createQuery(
                        """
                        select count(*) from onboarding.mailed_code
                        where purpose = 'passwordReset' and expires_at > sent_at
                        """)
                    .mapTo(Integer.class)
                    .one());
    assertThat(alive).isEqualTo(1);
  }

  @Test
  void aNewerCodeEndsTheEarlier() {
    UUID first = house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);
    UUID second = house.recovery.request(Purpose.PASSWORD_RESET, MAYA, Language.EN);

    Refusals.assertRefused(
        "code-expired",
        () -> house.recovery.reset(first, house.codeFor(first), "another password"));
    house.recovery.reset(second, house.codeFor(second), "another password");
  }
}
