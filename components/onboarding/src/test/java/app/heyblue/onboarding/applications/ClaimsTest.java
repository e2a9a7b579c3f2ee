package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.fingerprints.Fingerprints;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One case is one claim. */
class ClaimsTest {
  private final Claims claims = new Claims(new Fingerprints(new FakeKeys()));

  @ParameterizedTest
  @ValueSource(strings = {"BF-0001", "BF.0001", "bf/0001", "ＢＦ0001", " b f–0001", "#BF_0001"})
  void aCaseIsOneClaimHoweverItsNumberIsWritten(String spelling) {
    assertThat(claim(spelling)).isNotNull().isEqualTo(claim("BF0001"));
  }

  @Test
  void anotherCaseIsAnotherClaim() {
    assertThat(claim("BF-0001")).isNotEqualTo(claim("BF-0010"));
  }

  private @Nullable Bytes claim(String caseNumber) {
    return claims.of(
        House.form(
            PartyKind.FAMILY,
            "family@people.example",
            "A family",
            "82001",
            Map.of("caseNumber", caseNumber)));
  }
}
