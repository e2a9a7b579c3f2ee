package app.heyblue.onboarding.providers;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.OnboardingConfig;
import app.heyblue.onboarding.validators.IdValidator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** The configured providers. */
@ApplicationScoped
public class Providers {
  private static final Logger LOG = Logger.getLogger(Providers.class);
  private static final Set<PartyKind> CHECKED =
      EnumSet.of(PartyKind.OFFICER, PartyKind.CHARITY, PartyKind.FAMILY, PartyKind.MERCHANT);
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private final List<IdValidator> validators;

  public Providers(OnboardingConfig config) {
    this.validators =
        new TreeMap<>(config.providers())
            .entrySet().stream()
                .<IdValidator>map(entry -> provider(entry.getKey(), entry.getValue()))
                .toList();
  }

  /** Fails the start, rather than the first application, where a provider is set up wrongly. */
  void start(@Observes @Priority(500) StartupEvent event) {
    validators.forEach(
        provider -> LOG.infof("The provider \"%s\" checks %s", provider.name(), provider.kinds()));
  }

  public List<IdValidator> all() {
    return validators;
  }

  private static HttpValidator provider(String name, OnboardingConfig.Provider provider) {
    String setting = "heyblue.onboarding.providers." + name;
    URI url = provider.url();
    String host = url.getHost();
    require(host != null && url.getUserInfo() == null, setting + ".url must be an address");
    require(
        "https".equals(url.getScheme())
            || ("http".equals(url.getScheme()) && isLoopback(String.valueOf(host))),
        setting + ".url must be https: it carries who wants to join");
    require(
        !provider.kinds().isEmpty() && CHECKED.containsAll(provider.kinds()),
        setting + ".kinds must be some of officer, charity, family, merchant");
    require(
        provider.timeLimit().isPositive() && provider.timeLimit().toMinutes() < 1,
        setting + ".time-limit must be less than a minute");
    require(
        provider.token().stream().allMatch(token -> token.matches("[!-~]{1,4096}")),
        setting + ".token must be visible ASCII characters");
    return new HttpValidator(
        name, url, provider.kinds(), provider.token().orElse(null), provider.timeLimit());
  }

  private static boolean isLoopback(String host) {
    return LOOPBACK.contains(host);
  }

  private static void require(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
