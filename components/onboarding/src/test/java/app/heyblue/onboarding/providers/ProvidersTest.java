package app.heyblue.onboarding.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.OnboardingConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {
  private static final Set<PartyKind> OFFICERS = EnumSet.of(PartyKind.OFFICER);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://registry.example/check",
        "http://localhost:9000/",
        "http://127.0.0.1/",
        "http://[::1]:9000/"
      })
  void takesHttpsAndLoopback(String url) {
    assertThat(providers(url, OFFICERS, "token").all())
        .singleElement()
        .satisfies(provider -> assertThat(provider.name()).isEqualTo("provider registry"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://registry.example/check",
        "http://127.0.0.1.registry.example/",
        "ftp://localhost/",
        "https://user:secret@registry.example/",
        "registry.example",
        "file:///etc/passwd"
      })
  void refusesWhatWouldCarryEvidenceInClearOrIsNoAddress(String url) {
    assertThatThrownBy(() -> providers(url, OFFICERS, "token"))
        .hasMessageContaining("heyblue.onboarding.providers.registry.url");
  }

  @Test
  void refusesKindsThatNobodyChecksAndTokensThatNoHeaderCarries() {
    String url = "https://registry.example/";
    assertThatThrownBy(() -> providers(url, EnumSet.of(PartyKind.CIVILIAN), "token"))
        .hasMessageContaining(".kinds");
    assertThatThrownBy(() -> providers(url, Set.of(), "token")).hasMessageContaining(".kinds");
    assertThatThrownBy(() -> providers(url, OFFICERS, "a\r\nb"))
        .hasMessageContaining(".token")
        .hasMessageNotContaining("a\r\nb");
  }

  private static Providers providers(String url, Set<PartyKind> kinds, String token) {
    OnboardingConfig.Provider provider =
        new OnboardingConfig.Provider() {
          @Override
          public URI url() {
            return URI.create(url);
          }

          @Override
          public Set<PartyKind> kinds() {
            return kinds;
          }

          @Override
          public Optional<String> token() {
            return Optional.of(token);
          }

          @Override
          public Duration timeLimit() {
            return Duration.ofSeconds(5);
          }
        };
    return new Providers(new OneProvider(provider));
  }

  private record OneProvider(OnboardingConfig.Provider provider) implements OnboardingConfig {
    @Override
    public Optional<Path> rosterFile() {
      return Optional.empty();
    }

    @Override
    public CharityReview charityReview() {
      return CharityReview.AUTO;
    }

    @Override
    public Duration validatorPatience() {
      return Duration.ofMinutes(10);
    }

    @Override
    public Duration reviewLimit() {
      return Duration.ofDays(30);
    }

    @Override
    public Duration reviewReminder() {
      return Duration.ofDays(2);
    }

    @Override
    public Map<String, Provider> providers() {
      return Map.of("registry", provider);
    }
  }
}
