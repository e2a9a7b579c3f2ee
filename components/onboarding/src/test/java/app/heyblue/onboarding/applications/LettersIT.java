package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.OnboardingConfig.CharityReview;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Form;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A person is told at each step, in their language, once. */
class LettersIT {
  private final House house = new House();

  @Test
  void aMerchantIsToldOfTheCodeTheReviewAndTheWelcome() {
    UUID id = house.join(House.merchant("bakery@shops.example"));
    house.reviews.approve(id, null);
    house.pass();
    house.restarted().pass();

    assertThat(house.mails)
        .extracting(Letter::template)
        .containsExactly(
            Template.CONFIRM_APPLICATION,
            Template.APPLICATION_IN_REVIEW,
            Template.WELCOME_MERCHANT);
    assertThat(house.mails).extracting(Letter::to).containsOnly("bakery@shops.example");
  }

  @Test
  void whoIsTurnedDownReadsTheReviewersWords() {
    UUID id = house.join(House.merchant("bakery@shops.example"));
    house.reviews.reject(id, "The number belongs to another shop.");

    assertThat(house.mails.getLast().template()).isEqualTo(Template.APPLICATION_REJECTED);
    assertThat(house.mails.getLast().values())
        .containsEntry("reason", "The number belongs to another shop.");
  }

  @Test
  void whoIsTurnedDownByAValidatorReadsWhatToDo() {
    house.join(
        House.form(
            PartyKind.CHARITY,
            "info@pantry.example",
            "Capital Food Pantry",
            "20001",
            Map.of("ein", "530000000")));

    assertThat(house.mails.getLast().values().get("reason")).contains("Check the number");
  }

  @Test
  void lettersAreInTheLanguageOfTheApplication() {
    UUID id = house.join(inSpanish(House.civilian("maya@people.example")));

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(house.mails).extracting(Letter::language).containsOnly(Language.ES);
  }

  @Test
  void nothingIsToldOfAStepThatDidNotCommit() {
    UUID id = house.apply(House.merchant("bakery@shops.example"));
    house.applications.confirm(id, house.codeFor(id));
    house.database.useTransaction(
        tx -> tx.execute("alter table onboarding.finding rename to away"));
    house.pass();
    assertThat(house.mails).hasSize(1);

    house.database.useTransaction(
        tx -> tx.execute("alter table onboarding.away rename to finding"));
    house.passTime(java.time.Duration.ofMinutes(2));
    house.pass();
    assertThat(house.mails).hasSize(2);
    assertThat(house.mails.getLast().template()).isEqualTo(Template.APPLICATION_IN_REVIEW);
  }

  @Test
  void aCharityIsSeenByAHumanWhereTheOperatorWantsThat() {
    house.config.charityReview = CharityReview.ALWAYS;
    House careful = house.restarted();
    UUID id = careful.join(House.charity("anybody@mail.example", "Capital Food Pantry"));

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
    assertThat(careful.reviews.findings(id))
        .anyMatch(finding -> finding.finding().contains("mail.example"));
    careful.reviews.approve(id, null);
    careful.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
  }

  @Test
  void aFamilysReviewShowsNeitherItsAddressNorItsWholeZip() {
    house.join(
        House.form(
            PartyKind.FAMILY,
            "alvarado@people.example",
            "The Alvarado family",
            "82001",
            Map.of("caseNumber", "BF-9999")));
    var item =
        house.reviews.waiting(new app.heyblue.kernel.PageRequest(10, null)).items().getFirst();

    assertThat(item.email()).isNull();
    assertThat(item.zip()).isEqualTo("820");
    assertThat(item.evidence()).containsEntry("caseNumber", "BF-9999");
  }

  private static Form inSpanish(Form form) {
    return new Form(
        form.kind(),
        form.email(),
        form.displayName(),
        form.zip(),
        form.deviceId(),
        form.evidence(),
        Language.ES);
  }
}
