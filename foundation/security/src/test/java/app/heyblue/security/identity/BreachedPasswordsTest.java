package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import app.heyblue.security.House;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BreachedPasswordsTest {
  private static final String EMAIL = "grace.hopper@example.org";
  private final BreachedPasswords breached =
      new BreachedPasswords(House.config(Path.of("nowhere")));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password", "PASSWORD", "Password1", "P@ssw0rd", "p@$$w0rd!", "password2026", "12345678",
        "iloveyou", "1qaz2wsx", "sunshine", "Football123!", "qwertyuiop", "trustno1", "letmein1"
      })
  void refusesWhatGuessersTryFirst(String password) {
    refused(password, "breaches");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HeyBlue!", "hey blue", "h3yblu3 1", "Hey-Blue-2026", "heyblue123"})
  void refusesTheNameOfThePlace(String password) {
    refused(password, "name of this place");
  }

  @ParameterizedTest
  @ValueSource(strings = {"grace.hopper@example.org", "Grace.Hopper@Example.org", "grace.hopper"})
  void refusesTheAddressThatItProtects(String password) {
    refused(password, "address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct horse",
        "correct horse battery",
        "walk the tour 7",
        "pässwörd 🌷",
        "mmmmmmmmnnnn",
        "Grace Hopper likes blue",
        "password for the blue boat",
        "9f2kd8s1"
      })
  void takesWhatIsOnNoList(String password) {
    assertThatCode(() -> breached.refuse(password, EMAIL)).doesNotThrowAnyException();
  }

  @Test
  void theListThatShipsWithUsHoldsThirtyNineThousandThatWouldElseBeTaken() {
    assertThat(CommonPasswords.read().size()).isGreaterThan(39_000);
  }

  private void refused(String password, String why) {
    assertThatThrownBy(() -> breached.refuse(password, EMAIL))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type().slug()).isEqualTo("invalid-input");
              assertThat(problem.errors().getFirst().pointer()).isEqualTo("/password");
              assertThat(problem.detail()).contains(why).contains("Choose another");
            });
  }
}
