package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.domain.ReviewItem;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Families join by their case number. */
class FamiliesIT {
  private final House house = new House();

  @Test
  void aFamilyOfTheCatalogJoinsAndOnlyThreeDigitsAndItsCauseAreTold() {
    UUID id = house.join(family("alvarado@people.example", "BF-0001"));

    assertThat(house.applications.view(id).status()).isEqualTo(ApplicationStatus.ACTIVE);
    JsonNode event = house.streams.events().getFirst();
    assertThat(event.path("areaZip").asText()).isEqualTo("820");
    assertThat(event.path("cause").asText()).isEqualTo("School supplies");
    assertThat(event.path("displayName").isNull()).isTrue();
    assertThat(event.toString()).doesNotContain("BF-0001").doesNotContain("82001");
  }

  @Test
  void aCaseJoinsOnceHoweverItsNumberIsWritten() {
    house.join(family("alvarado@people.example", "BF-0001"));
    house.join(family("other@people.example", "bf/0001"));

    assertThat(onlyFinding()).isEqualTo("Somebody else has joined with this case number already.");
  }

  @Test
  void anUnknownCaseNumberGoesToReview() {
    house.join(family("alvarado@people.example", "BF-9999"));

    assertThat(onlyFinding()).contains("isn't in the families catalog");
  }

  private String onlyFinding() {
    List<ReviewItem> items = house.reviews.waiting(new PageRequest(10, null)).items();
    assertThat(items).hasSize(1);
    assertThat(House.undecided(items.getFirst())).hasSize(1);
    return House.undecided(items.getFirst()).getFirst();
  }

  private static Form family(String email, String caseNumber) {
    return House.form(
        PartyKind.FAMILY, email, "The Alvarado family", "82001", Map.of("caseNumber", caseNumber));
  }
}
