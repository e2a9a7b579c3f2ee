package app.heyblue.onboarding.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesOfInputTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ann@example.org",
        " ann@example.org ",
        "a.b+c_d@sub.example.co.uk",
        "o'neil@example.org",
        "jürgen@müller.example"
      })
  void takesAddresses(String email) {
    assertThat(email).matches(FormRules.EMAIL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "ann@example",
        "ann@@example.org",
        "a@b@example.org",
        "ann@example.org,bob@example.org",
        "ann@exa mple.org",
        "ann@example.org\r\nBcc: bob@example.org",
        "ann\u0000@example.org",
        "Ann <ann@example.org>",
        "ann@-example.org",
        "ann@example..org"
      })
  void refusesWhatIsNoAddressOrCouldBecomeMoreThanOne(String email) {
    assertThat(email).doesNotMatch(FormRules.EMAIL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ann@stra\u00DFe.example", "ann@\uFF50olice.example"})
  void refusesDomainsThatNotEverybodyReadsAlike(String email) {
    assertThatThrownBy(() -> FormRules.requireMailable(email))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(ProblemException.InputError::pointer)
                    .containsExactly("/email"));
    Form form = new Form(PartyKind.ADMIN, email, "Ann", "00000", "device", Map.of(), Language.EN);
    assertThatThrownBy(() -> FormRules.check(form))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("/email");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" ann@example.org ", "ann@M\u00FCller.example", "ann@xn--mller-kva.example"})
  void takesDomainsThatEverybodyReadsAlike(String email) {
    FormRules.requireMailable(email);
  }

  @Test
  void longHostileAddressesAreRefusedWithoutAnOverflow() {
    assertThat("a@" + "a.".repeat(100_000)).doesNotMatch(FormRules.EMAIL);
    assertThat("a@" + "a".repeat(100_000)).doesNotMatch(FormRules.EMAIL);
    assertThat("a@" + "a-".repeat(100_000) + "!").doesNotMatch(FormRules.EMAIL);
    assertThat(" ".repeat(100_000)).doesNotMatch(FormRules.EMAIL);
    assertThat(" ".repeat(100_000)).doesNotMatch(FormRules.NAME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Maya Lindqvist", "李小龍", "Zoë 👩🏽‍🚒", "דוד Smith", "Ма́ша", "7"})
  void takesNames(String name) {
    assertThat(name).matches(FormRules.NAME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "   ",
        "a\u0000b",
        "a\nb",
        "a\u202Eb",
        "\uD800",
        "a\u0085b",
        "a\u200Fb",
        "a\u061Cb",
        "a\u200Bb",
        "\uFEFFa",
        "a\u2066b"
      })
  void refusesNamesThatAreInvisibleOrTurnTextRound(String name) {
    assertThat(name).doesNotMatch(FormRules.NAME);
  }

  @Test
  void notesHaveLinesButNoOtherControlCharacters() {
    assertThat("Called them.\r\n\tAll is well.").matches(FormRules.NOTE);
    assertThat("Called\u0000them").doesNotMatch(FormRules.NOTE);
    assertThat("Called\uD800them").doesNotMatch(FormRules.NOTE);
    assertThat("a\n".repeat(100_000)).matches(FormRules.NOTE);
  }

  @Test
  void bringsEvidenceIntoItsForm() {
    assertThat(EvidenceRules.checked(PartyKind.CHARITY, Map.of("ein", " 12-3456789 ")))
        .isEqualTo(Map.of("ein", "123456789"));
    assertThat(EvidenceRules.checked(PartyKind.CIVILIAN, Map.of())).isEmpty();
  }

  @Test
  void namesEveryFaultOfEvidenceByItsPointer() {
    assertThatThrownBy(
            () ->
                EvidenceRules.checked(
                    PartyKind.MERCHANT,
                    Map.of("ein", "12345678", "badge/Number", "7", "extra", "x")))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem ->
                assertThat(problem.errors())
                    .extracting(ProblemException.InputError::pointer)
                    .containsExactlyInAnyOrder(
                        "/evidence/legalName",
                        "/evidence/ein",
                        "/evidence/badge~1Number",
                        "/evidence/extra"));
    assertThatThrownBy(
            () -> EvidenceRules.checked(PartyKind.FAMILY, Map.of("caseNumber", "A\u00001")))
        .isInstanceOf(ProblemException.class);
  }
}
