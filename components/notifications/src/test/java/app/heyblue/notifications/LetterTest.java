package app.heyblue.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.heyblue.kernel.Language;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LetterTest {
  private static final UUID SUBJECT = new UUID(1, 2);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ann",
        "@b.example",
        "ann@",
        "ann@b.example\r\nBcc: eve@c.example",
        "ann@b.example\n",
        "ann b@c.example",
        "<ann@b.example>",
        "ann@b.example,eve@c.example",
        "ann@b@c.example\u0000"
      })
  void refusesWhatIsNoAddress(String to) {
    assertThatIllegalArgumentException().isThrownBy(() -> letter(to));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ann@b.example", "ann+x@b.example", "añé@münchen.example", "\"a@b\"@c.example"})
  void takesAddresses(String to) {
    assertThat(letter(to).to()).isEqualTo(to);
  }

  @Test
  void refusesValuesThatTheTemplateDoesntNeedOrLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Letter(
                    SUBJECT, "a@b.example", Language.EN, Template.CONFIRM_APPLICATION, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Letter(
                    SUBJECT,
                    "a@b.example",
                    Language.EN,
                    Template.PASSWORD_CHANGED,
                    Map.of("code", "1")));
  }

  @Test
  void tellsNeitherAddressNorValues() {
    assertThat(letter("ann@b.example")).hasToString("Letter[" + SUBJECT + ", confirm-application]");
  }

  @Test
  void aSubjectHasOneIdPerTemplate() {
    UUID id = Letter.idOf(SUBJECT, Template.PASSWORD_CHANGED);

    assertThat(id).isEqualTo(Letter.idOf(SUBJECT, Template.PASSWORD_CHANGED));
    assertThat(id).isNotEqualTo(Letter.idOf(SUBJECT, Template.DEVICE_LINKED));
    assertThat(id).isNotEqualTo(Letter.idOf(new UUID(1, 3), Template.PASSWORD_CHANGED));
    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
  }

  private static Letter letter(String to) {
    return new Letter(
        SUBJECT, to, Language.EN, Template.CONFIRM_APPLICATION, Map.of("code", "123456"));
  }
}
