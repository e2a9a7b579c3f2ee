package app.heyblue.onboarding.roster;

import app.heyblue.onboarding.OnboardingConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.jboss.logging.Logger;

/** Loads the configured roster file at each start. */
@ApplicationScoped
class RosterLoader {
  private static final Logger LOG = Logger.getLogger(RosterLoader.class);

  private final OnboardingConfig config;
  private final Roster roster;

  RosterLoader(OnboardingConfig config, Roster roster) {
    this.config = config;
    this.roster = roster;
  }

  void start(@Observes @Priority(500) StartupEvent event) {
    config
        .rosterFile()
        .ifPresent(
            file -> {
              var badges = RosterFile.read(file);
              roster.replace(badges);
              LOG.infof(
                  "The roster has %d agencies with %d badges",
                  badges.size(), badges.values().stream().mapToInt(Set::size).sum());
            });
  }
}
