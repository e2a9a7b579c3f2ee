package app.heyblue.onboarding.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.onboarding.Agency;
import org.junit.jupiter.api.Test;

class AgencyTest {
  @Test
  void aDomainOfVeryManyLabelsIsRefusedBeforeAPatternReadsIt() {
    assertThatThrownBy(() -> agency("a.".repeat(200_000) + "example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(agency("Police.Example.gov").emailDomain()).isEqualTo("police.example.gov");
  }

  private static Agency agency(String domain) {
    return new Agency("Police", domain, "America/New_York", "20001");
  }
}
