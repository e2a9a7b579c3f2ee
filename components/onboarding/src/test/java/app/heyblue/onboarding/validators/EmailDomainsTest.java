package app.heyblue.onboarding.validators;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailDomainsTest {
  @ParameterizedTest
  @CsvSource({
    "dana@police.example,police.example",
    "dana@POLICE.Example,police.example",
    "dana@Müller.example,xn--mller-kva.example",
    "dana@xn--mller-kva.example,xn--mller-kva.example",
    "dana@xn--MLLER-kva.example,xn--mller-kva.example"
  })
  void readsADomainAsDnsComparesIt(String email, String domain) {
    assertThat(EmailDomains.asciiOf(email)).isEqualTo(domain);
  }

  @Test
  void anAccentWrittenInTwoPartsIsTheSame() {
    assertThat(EmailDomains.asciiOf("dana@mu\u0308ller.example"))
        .isEqualTo("xn--mller-kva.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dana@p\u043Elice.example",
        "dana@police.examp\u217Ce",
        "dana@stra\u00DFe.example",
        "dana@\uFF50olice.example",
        "dana@police\u3002example",
        "dana@pol\u0131ce.example",
        "dana@police.example.evil.example",
        "dana@notpolice.example",
        "dana@police.example-evil.example"
      })
  void lookAlikesAreNotWithinTheDomain(String email) {
    String domain = EmailDomains.asciiOf(email);

    assertThat(EmailDomains.isWithin(domain, "police.example")).isFalse();
    assertThat(EmailDomains.isWithin(domain, "strasse.example")).isFalse();
    assertThat(domain).matches("[!-~ ]+");
  }

  @Test
  void whatLiesBelowIsWithin() {
    assertThat(EmailDomains.isWithin("patrol.police.example", "police.example")).isTrue();
    assertThat(EmailDomains.isWithin("police.example", "patrol.police.example")).isFalse();
  }
}
