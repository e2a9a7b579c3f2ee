package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.ApplicationView;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.domain.ReviewItem;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JoiningIT {
  private final House house = new House();

  @Test
  void aCivilianBecomesActiveByTheMailedCode() {
    UUID id = house.join(House.civilian("maya@people.example"));

    ApplicationView view = house.applications.view(id);
    assertThat(view.status()).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(house.identities.findByEmail("maya@people.example")).hasValue(view.userId());
    assertThat(house.identities.enabled).containsExactly(view.userId());
  }

  @Test
  void nobodyIsActiveBeforeTheOtherRoomsHaveTakenThePartyIn() {
    house.streams.takenIn = false;
    UUID id = house.join(House.civilian("maya@people.example"));

    assertThat(house.applications.view(id).status().shown()).isEqualTo("verifying");
    assertThat(house.applications.view(id).userId()).isNull();
    assertThat(house.identities.enabled).isEmpty();

    house.streams.takenIn = true;
    house.pass();
    assertThat(house.applications.view(id).status()).isEqualTo(ApplicationStatus.ACTIVE);
  }

  @Test
  void aCiviliansEventCarriesNameAndZipOnlySealed() {
    house.join(House.civilian("maya@people.example"));

    JsonNode event = house.streams.events().getFirst();
    assertThat(event.path("kind").asText()).isEqualTo("civilian");
    assertThat(event.path("displayName").isNull()).isTrue();
    assertThat(event.path("areaZip").isNull()).isTrue();
    assertThat(opened(event, "displayName", "displayNameSealed")).isEqualTo("Maya Lindqvist");
    assertThat(opened(event, "zip", "zipSealed")).isEqualTo("82001");
    assertThat(event.path("at").asText()).isEqualTo("2026-04-01T12:00:00Z");
  }

  @Test
  void anOfficerOnTheRosterJoinsWithTheAgencysZoneAndZip() {
    UUID id = house.join(House.officer("dana@police.bluefield.example", "#1042"));

    assertThat(house.applications.view(id).status()).isEqualTo(ApplicationStatus.ACTIVE);
    JsonNode event = house.streams.events().getFirst();
    assertThat(event.path("timeZone").asText()).isEqualTo("America/Denver");
    assertThat(event.path("areaZip").asText()).isEqualTo("82001");
    assertThat(event.path("agency").asText()).isEqualTo("Bluefield Police");
    assertThat(event.path("displayName").isNull()).isTrue();
    assertThat(event.path("zipSealed").isNull()).isTrue();
  }

  @Test
  void aBadgeThatIsNotOnTheRosterGoesToReview() {
    house.join(House.officer("dana@police.bluefield.example", "9999"));

    assertThat(House.undecided(onlyReview()))
        .containsExactly("The badge number isn't on the roster of Bluefield Police.");
  }

  @Test
  void anAddressOutsideOfTheAgencysDomainGoesToReviewEvenWithAGoodBadge() {
    house.join(House.officer("dana@notpolice.bluefield.example", "1042"));

    assertThat(House.undecided(onlyReview())).hasSize(1);
    assertThat(House.undecided(onlyReview()).getFirst()).contains("notpolice.bluefield.example");
  }

  @Test
  void aBadgeIsUsedByOneOfficerOnly() {
    house.join(House.officer("dana@police.bluefield.example", "1042"));
    UUID second = house.join(House.officer("copy@police.bluefield.example", "# 1042"));

    assertThat(House.undecided(onlyReview()))
        .containsExactly("Somebody else has joined with this badge number already.");
    Refusals.assertRefused("already-joined", () -> house.reviews.approve(second, null));
  }

  @Test
  void anOfficerOfAnUnknownAgencyCantBeApprovedBeforeItIsOnTheRoster() {
    Form form =
        House.form(
            PartyKind.OFFICER,
            "pat@elsewhere.example",
            "Pat",
            "10001",
            Map.of("agency", "Elsewhere PD", "badgeNumber", "7"));
    UUID id = house.join(form);

    Refusals.assertRefused("agency-unknown", () -> house.reviews.approve(id, null));

    house.roster.put(
        new app.heyblue.onboarding.Agency(
            "Elsewhere P.D.", "elsewhere.example", "America/New_York", "10001"));
    Refusals.assertRefused("agency-unknown", () -> house.reviews.approve(id, null));
    house.roster.put(
        new app.heyblue.onboarding.Agency(
            "ELSEWHERE PD", "elsewhere.example", "America/New_York", "10001"));
    house.reviews.approve(id, null);
    house.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
  }

  @Test
  void aCharityOfTheCatalogJoinsWithTheCatalogsNameAndZip() {
    UUID id =
        house.join(
            House.form(
                PartyKind.CHARITY,
                "info@pantry.example",
                "Capital Food Pantry",
                "20009",
                Map.of("ein", "530196605")));

    assertThat(house.applications.view(id).status()).isEqualTo(ApplicationStatus.ACTIVE);
    JsonNode event = house.streams.events().getFirst();
    assertThat(event.path("displayName").asText()).isEqualTo("CAPITAL FOOD PANTRY INC");
    assertThat(event.path("displayNameSealed").isNull()).isTrue();
    assertThat(event.path("ein").asText()).isEqualTo("530196605");
    assertThat(event.path("cause").asText()).isEqualTo("K31");
    assertThat(event.path("areaZip").asText()).isEqualTo("20001");
  }

  @Test
  void anEinThatIsNotInTheCatalogIsRejectedWithAReason() {
    UUID id =
        house.join(
            House.form(
                PartyKind.CHARITY,
                "info@pantry.example",
                "Capital Food Pantry",
                "20001",
                Map.of("ein", "530000000")));

    ApplicationView view = house.applications.view(id);
    assertThat(view.status()).isEqualTo(ApplicationStatus.REJECTED);
    assertThat(view.reason()).contains("530000000").contains("Check the number");
    assertThat(house.identities.created).isEmpty();
    assertThat(house.streams.events()).isEmpty();
  }

  @Test
  void anotherNameAndAnotherStateGoToReviewAndJoinAsTheCatalogHasThem() {
    house.join(
        House.form(
            PartyKind.CHARITY,
            "info@pantry.example",
            "Cat Lovers Club",
            "05401",
            Map.of("ein", "53-0196605")));

    assertThat(House.undecided(onlyReview()).getFirst())
        .contains("CAPITAL FOOD PANTRY INC")
        .contains("The ZIP lies in VT");
    house.reviews.approve(onlyReview().id(), null);
    house.pass();
    JsonNode event = house.streams.events().getFirst();
    assertThat(event.path("displayName").asText()).isEqualTo("CAPITAL FOOD PANTRY INC");
    assertThat(event.path("areaZip").asText()).isEqualTo("20001");
  }

  @Test
  void anEinJoinsOnce() {
    house.join(House.charity("info@pantry.example", "Capital Food Pantry"));
    UUID second = house.join(House.charity("other@pantry.example", "Capital Food Pantry"));

    assertThat(house.applications.view(second).status()).isEqualTo(ApplicationStatus.REJECTED);
    assertThat(house.applications.view(second).reason()).contains("this EIN");
  }

  @Test
  void aMerchantIsSeenByAHumanAndThenJoins() {
    UUID id = house.join(House.merchant("bakery@shops.example"));
    assertThat(house.applications.view(id).status()).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
    ReviewItem item = onlyReview();
    assertThat(item.displayName()).isEqualTo("Corner Bakery");
    assertThat(item.evidence()).containsEntry("legalName", "Corner Bakery LLC");

    house.reviews.approve(id, "called them");
    house.pass();

    assertThat(house.applications.view(id).status()).isEqualTo(ApplicationStatus.ACTIVE);
    JsonNode event = house.streams.events().getFirst();
    assertThat(event.path("displayName").asText()).isEqualTo("Corner Bakery");
    assertThat(event.path("ein").asText()).isEqualTo("880000001");
    assertThat(house.reviews.waiting(new PageRequest(10, null)).items()).isEmpty();
  }

  @Test
  void aReviewersNoteIsTheReasonOfARejection() {
    UUID id = house.join(House.merchant("bakery@shops.example"));
    house.reviews.reject(id, "The number belongs to another shop.");

    assertThat(house.applications.view(id).reason())
        .isEqualTo("The number belongs to another shop.");
    assertThat(house.identities.created).isEmpty();
    Refusals.assertRefused("not-in-review", () -> house.reviews.approve(id, null));
  }

  @Test
  void reviewsArePagedOldestFirst() {
    UUID first = house.join(House.merchant("a@shops.example"));
    UUID second = house.join(House.merchant("b@shops.example"));

    var page = house.reviews.waiting(new PageRequest(1, null));
    assertThat(page.items()).extracting(ReviewItem::id).containsExactly(first);
    var rest = house.reviews.waiting(new PageRequest(1, page.next()));
    assertThat(rest.items()).extracting(ReviewItem::id).containsExactly(second);
    assertThat(rest.next()).isNull();
  }

  @Test
  void whoWasRejectedMayApplyAgain() {
    UUID id = house.join(House.merchant("bakery@shops.example"));
    house.reviews.reject(id, null);
    UUID again = house.join(House.merchant("bakery@shops.example"));

    assertThat(house.applications.view(again).status()).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
  }

  @Test
  void everyChangeIsAudited() {
    UUID id = house.join(House.merchant("bakery@shops.example"));
    house.reviews.approve(id, null);
    house.pass();

    assertThat(house.audited)
        .containsExactly(
            "application.submitted",
            "application.confirmed",
            "application.sentToReview",
            "application.approved",
            "application.admitted",
            "application.activated");
  }

  private ReviewItem onlyReview() {
    var items = house.reviews.waiting(new PageRequest(10, null)).items();
    assertThat(items).hasSize(1);
    return items.getFirst();
  }

  private String opened(JsonNode event, String field, String member) {
    return house
        .keys
        .open(
            app.heyblue.kernel.UserId.parse(event.path("userId").asText()),
            field,
            Base64.getDecoder().decode(event.path(member).asText()))
        .orElseThrow();
  }
}
