package app.heyblue.catalogs.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.catalogs.refresh.Settings;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where files may come from. Addresses are literal, so that nobody is asked for a name. */
class SourcesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "[::1]",
        "[fe80::1]",
        "[fd12:3456::1]",
        "[::ffff:10.0.0.1]"
      })
  void noServerOutsideRedirectsToTheInside(String inner) throws Exception {
    URI to = URI.create("http://" + inner + "/latest");
    assertThatThrownBy(() -> HttpSource.requireOuter(URI.create("http://192.0.2.1/eo.csv"), to))
        .hasMessageContaining("inside this network");
    HttpSource.requireOuter(URI.create("http://10.1.1.1/eo.csv"), to);
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "[2001:db8::1]", "172.32.0.1"})
  void serversOutsideRedirectToEachOther(String outer) {
    assertThatCode(
            () ->
                HttpSource.requireOuter(
                    URI.create("http://192.0.2.1/eo.csv"), URI.create("https://" + outer + "/x")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "http://state.example/families.csv,  false",
    "HTTP://192.168.1.1/families.csv,    false",
    "https://state.example/families.csv, true",
    "http://localhost:8080/families.csv, true",
    "http://127.0.0.1/families.csv,      true",
    "http://[::1]/families.csv,          true",
    "/var/families.csv,                  true",
  })
  void familiesComeInSecretOnly(String address, boolean usable) {
    Settings settings = new Settings();
    settings.familySources.put("wy", address);
    if (usable) {
      assertThat(new Sources(settings).all()).hasSize(1);
    } else {
      assertThatThrownBy(() -> new Sources(settings))
          .hasMessage(
              "The source wy can't be used: families' case numbers come by https:// only, except"
                  + " from this machine itself");
    }
  }
}
