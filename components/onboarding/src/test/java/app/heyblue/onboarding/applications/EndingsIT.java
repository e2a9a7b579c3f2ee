package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.ApplicationView;
import app.heyblue.onboarding.domain.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Applications that go on, are withdrawn, or expire. */
class EndingsIT {
  private static final String MAYA = "maya@people.example";
  private static final String BAKERY = "bakery@shops.example";
  private final House house = new House();

  @Test
  void anApplicationWhoseCodeIsTooOldGoesOnWithANewOne() {
    UUID id = house.apply(House.civilian(MAYA));
    String old = house.codeFor(id);
    house.passTime(Duration.ofDays(2));
    house.applications.mailCode(id);
    String code = house.newestCode();

    if (!old.equals(code)) {
      Refusals.assertRefused("wrong-code", () -> house.applications.confirm(id, old));
    }
    house.applications.confirm(id, code);
    house.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(templates())
        .containsExactly(
            Template.CONFIRM_APPLICATION,
            Template.CONFIRM_APPLICATION_AGAIN,
            Template.WELCOME_CIVILIAN);
  }

  @Test
  void whatCantBeReadKeepsNothingElseFromExpiring() {
    UUID broken = house.apply(House.civilian(MAYA));
    UUID other = house.apply(House.civilian("ann@people.example"));
    house.database.useTransaction(
        tx ->
            tx.execute(
                "update onboarding.application set form = decode(repeat('00', 64), 'hex') where id ="
                    + " ?",
                broken));
    house.passTime(Duration.ofDays(8));
    house.upkeep.run();

    assertThat(house.status(broken)).isEqualTo(ApplicationStatus.AWAITING_EMAIL);
    assertThat(house.status(other)).isEqualTo(ApplicationStatus.REJECTED);
    assertThat(house.mails.getLast().template()).isEqualTo(Template.APPLICATION_EXPIRED);
    house.passTime(Duration.ofDays(31));
    house.upkeep.run();
    Refusals.assertRefused("not-found", () -> house.applications.view(other));
  }

  @Test
  void newCodesCountTowardsTheTenOfAnHour() {
    UUID id = house.apply(House.civilian(MAYA));
    for (int i = 0; i < 9; i++) {
      house.applications.mailCode(id);
    }
    Refusals.assertRefused("too-many-requests", () -> house.applications.mailCode(id));
    Refusals.assertRefused("too-many-requests", () -> house.apply(House.civilian(MAYA)));
  }

  @Test
  void aNewCodeForAKnownAddressOpensNothingEither() {
    house.join(House.civilian(MAYA));
    UUID again = house.apply(House.civilian(MAYA));
    assertThat(house.applications.mailCode(again).status())
        .isEqualTo(ApplicationStatus.AWAITING_EMAIL);

    assertThat(house.mails.getLast().template()).isEqualTo(Template.ALREADY_REGISTERED);
    Refusals.assertRefused("wrong-code", () -> house.applications.confirm(again, "123456"));
    Refusals.assertRefused("wrong-code", () -> house.applications.withdraw(again, "123456"));
  }

  @Test
  void whatIsDecidedTakesNoCode() {
    UUID joined = house.join(House.civilian(MAYA));
    Refusals.assertRefused("already-decided", () -> house.applications.mailCode(joined));
    Refusals.assertRefused("already-decided", () -> house.applications.withdraw(joined, "123456"));
    Refusals.assertRefused("not-found", () -> house.applications.mailCode(new UUID(0, 9)));
    Refusals.assertRefused(
        "not-found", () -> house.applications.withdraw(new UUID(0, 9), "123456"));
  }

  @Test
  void withdrawingErasesWhatIsPersonal() {
    UUID id = house.join(House.merchant(BAKERY));
    house.applications.mailCode(id);
    assertThat(house.mails.getLast().template()).isEqualTo(Template.WITHDRAW_APPLICATION);
    ApplicationView view = house.applications.withdraw(id, house.newestCode());

    assertThat(view.status()).isEqualTo(ApplicationStatus.REJECTED);
    assertThat(view.ending()).isEqualTo(Ending.WITHDRAWN);
    assertThat(house.applications.view(id)).isEqualTo(view);
    assertThat(house.keys.persons).isEmpty();
    assertThat(nothingLeftOf(id)).isTrue();
    assertThat(house.mails.getLast().template()).isEqualTo(Template.APPLICATION_WITHDRAWN);
    assertThat(house.mails.getLast().to()).isEqualTo(BAKERY);
    assertThat(house.reviews.waiting(new PageRequest(10, null)).items()).isEmpty();
    assertThat(house.audited).endsWith("application.withdrawn");
  }

  @Test
  void withdrawingAgainIsAnsweredAlike() {
    UUID id = house.apply(House.civilian(MAYA));
    String code = house.codeFor(id);
    ApplicationView once = house.applications.withdraw(id, code);

    assertThat(house.applications.withdraw(id, code)).isEqualTo(once);
    assertThat(templates())
        .containsExactly(Template.CONFIRM_APPLICATION, Template.APPLICATION_WITHDRAWN);
    Refusals.assertRefused("code-expired", () -> house.applications.confirm(id, code));
  }

  @Test
  void nobodyWithdrawsWithoutTheNewestCode() {
    UUID id = house.join(House.merchant(BAKERY));
    String used = house.codeFor(id);

    Refusals.assertRefused("code-expired", () -> house.applications.withdraw(id, used));
    house.applications.mailCode(id);
    String wrong = house.newestCode().equals("000000") ? "000001" : "000000";
    for (int i = 0; i < 5; i++) {
      Refusals.assertRefused("wrong-code", () -> house.applications.withdraw(id, wrong));
    }
    Refusals.assertRefused(
        "code-expired", () -> house.applications.withdraw(id, house.newestCode()));
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
  }

  @Test
  void whoWithdrewMayApplyAgain() {
    UUID id = house.join(House.merchant(BAKERY));
    house.applications.mailCode(id);
    house.applications.withdraw(id, house.newestCode());
    UUID again = house.join(House.merchant(BAKERY));

    assertThat(house.status(again)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
  }

  @Test
  void withdrawnWhileValidatorsAreAskedItStaysWithdrawn() {
    UUID id = house.apply(House.merchant(BAKERY));
    house.applications.confirm(id, house.codeFor(id));
    House asking =
        house.withValidators(
            ValidatorsIT.desk(
                "desk",
                Duration.ofSeconds(20),
                candidate -> {
                  house.applications.mailCode(id);
                  house.applications.withdraw(id, house.newestCode());
                  return new app.heyblue.onboarding.validators.Verdict.Verified();
                }));
    asking.pass();

    assertThat(house.applications.view(id).ending()).isEqualTo(Ending.WITHDRAWN);
    assertThat(house.identities.created).isEmpty();
    assertThat(house.streams.events()).isEmpty();
    assertThat(templates()).endsWith(Template.APPLICATION_WITHDRAWN);
  }

  @Test
  void ofAReviewAndAWithdrawalAtOnceOneWins() throws Exception {
    for (int round = 0; round < 6; round++) {
      String email = "shop" + round + "@shops.example";
      UUID id = house.join(House.merchant(email));
      house.applications.mailCode(id);
      String code = house.newestCode();
      List<String> outcomes =
          atOnce(
              List.of(
                  () -> slug(() -> house.applications.withdraw(id, code), "withdrawn"),
                  () -> slug(() -> house.reviews.approve(id, null), "approved"),
                  () -> slug(() -> house.reviews.reject(id, "no"), "rejected")));
      house.pass();

      assertThat(outcomes)
          .filteredOn(List.of("withdrawn", "approved", "rejected")::contains)
          .hasSize(1);
      ApplicationView view = house.applications.view(id);
      assertThat(outcomes)
          .contains(
              view.ending() == null
                  ? "approved"
                  : view.ending() == Ending.WITHDRAWN ? "withdrawn" : "rejected");
    }
    assertThat(house.identities.created).hasSameSizeAs(house.streams.events());
  }

  @Test
  void ofTwoReviewsAtOnceOneDecides() throws Exception {
    UUID id = house.join(House.merchant(BAKERY));
    List<String> outcomes =
        atOnce(
            List.of(
                () -> slug(() -> house.reviews.approve(id, null), "decided"),
                () -> slug(() -> house.reviews.approve(id, null), "decided"),
                () -> slug(() -> house.reviews.reject(id, "no"), "decided")));

    assertThat(outcomes).containsOnlyOnce("decided").contains("not-in-review");
  }

  @Test
  void anUnconfirmedApplicationExpiresAfterSevenDaysAndItsApplicantIsToldOnce() {
    UUID id = house.apply(House.civilian(MAYA));
    house.passTime(Duration.ofDays(7).minusHours(1));
    house.upkeep.run();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.AWAITING_EMAIL);

    house.passTime(Duration.ofHours(2));
    house.upkeep.run();
    house.restarted().upkeep.run();
    assertThat(house.applications.view(id).ending()).isEqualTo(Ending.EXPIRED);
    assertThat(house.applications.view(id).reason()).contains("apply again");
    assertThat(templates())
        .containsExactly(Template.CONFIRM_APPLICATION, Template.APPLICATION_EXPIRED);
    assertThat(nothingLeftOf(id)).isTrue();
    assertThat(house.keys.persons).isEmpty();
  }

  @Test
  void whoHasJoinedIsNotToldThatAnotherTryExpired() {
    house.join(House.civilian(MAYA));
    UUID again = house.apply(House.civilian(MAYA));
    house.passTime(Duration.ofDays(8));
    house.upkeep.run();

    assertThat(house.applications.view(again).ending()).isEqualTo(Ending.EXPIRED);
    assertThat(templates()).doesNotContain(Template.APPLICATION_EXPIRED);
  }

  @Test
  void aReviewThatNobodyDoesIsRemindedOfDailyAndExpiresAfterThirtyDays() {
    House vouching = house.restarted();
    vouching.worker.start(new io.quarkus.runtime.StartupEvent());
    UserId admin;
    try {
      admin =
          vouching.admissions.admit(
              new app.heyblue.onboarding.Applicant(
                  app.heyblue.kernel.PartyKind.ADMIN,
                  "ada@bluefield.example",
                  House.PASSWORD,
                  "Ada",
                  "00000",
                  "operator",
                  java.util.Map.of()));
    } finally {
      stop(vouching);
    }
    assertThat(admin).isNotNull();
    UUID id = house.join(House.merchant(BAKERY));
    house.passTime(Duration.ofDays(1));
    house.upkeep.run();
    assertThat(templates()).doesNotContain(Template.REVIEWS_WAITING);

    house.passTime(Duration.ofDays(1).plusHours(1));
    house.upkeep.run();
    house.restarted().upkeep.run();
    assertThat(reminders()).hasSize(1);
    assertThat(reminders().getFirst().to()).isEqualTo("ada@bluefield.example");
    assertThat(reminders().getFirst().values()).containsEntry("count", "1");
    house.passTime(Duration.ofDays(1));
    house.upkeep.run();
    assertThat(reminders()).hasSize(2);

    house.passTime(Duration.ofDays(27));
    house.upkeep.run();
    assertThat(house.applications.view(id).ending()).isEqualTo(Ending.EXPIRED);
    assertThat(house.mails.getLast().template()).isEqualTo(Template.APPLICATION_EXPIRED);
    Refusals.assertRefused("not-in-review", () -> house.reviews.approve(id, null));
  }

  @Test
  void whatIsApprovedNeverExpires() {
    UUID id = house.join(House.merchant(BAKERY));
    house.streams.takenIn = false;
    house.reviews.approve(id, null);
    house.pass();
    house.passTime(Duration.ofDays(400));
    house.upkeep.run();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ADMITTED);

    house.streams.takenIn = true;
    house.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(templates()).endsWith(Template.WELCOME_MERCHANT);
  }

  @Test
  void confirmingWhileItExpiresEndsOneWay() throws Exception {
    for (int round = 0; round < 6; round++) {
      String email = "maya" + round + "@people.example";
      UUID id = house.apply(House.civilian(email));
      house.passTime(Duration.ofDays(8));
      house.applications.mailCode(id);
      String code = house.newestCode();
      House other = house.restarted();
      List<String> outcomes =
          atOnce(
              List.of(
                  () -> slug(() -> house.applications.confirm(id, code), "confirmed"),
                  () -> slug(other.upkeep::run, "kept")));
      house.pass();

      ApplicationStatus status = house.status(id);
      assertThat(status)
          .isEqualTo(
              outcomes.contains("confirmed") && house.applications.view(id).ending() == null
                  ? ApplicationStatus.ACTIVE
                  : ApplicationStatus.REJECTED);
      assertThat(house.streams.events()).hasSameSizeAs(house.identities.created.keySet());
    }
  }

  private List<Template> templates() {
    return house.mails.stream().map(Letter::template).toList();
  }

  private List<Letter> reminders() {
    return house.mails.stream()
        .filter(mail -> mail.template() == Template.REVIEWS_WAITING)
        .toList();
  }

  private boolean nothingLeftOf(UUID id) {
    return Objects.requireNonNull(
        house.database.read(
            tx ->
                tx.createQuery(
                        """
                        select form is null and password_hash is null and claim is null
                          and reason is null and address = decode(repeat('00', 32), 'hex')
                          and not exists (select from onboarding.finding f
                            where f.application = a.id and f.finding is not null)
                        from onboarding.application a where id = :id
                        """)
                    .bind("id", id)
                    .mapTo(Boolean.class)
                    .one()));
  }

  private static void stop(House house) {
    try {
      house.worker.stop(new io.quarkus.runtime.ShutdownEvent());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String slug(Runnable call, String done) {
    try {
      call.run();
      return done;
    } catch (ProblemException e) {
      return e.type().slug();
    }
  }

  private static List<String> atOnce(List<Callable<String>> calls) throws Exception {
    List<String> answers = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    return answers;
  }
}
