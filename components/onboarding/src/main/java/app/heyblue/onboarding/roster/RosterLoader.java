package app.heyblue.onboarding.roster;

import app.heyblue.onboarding.OnboardingConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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
              RosterCounts counts = roster.replace(RosterFile.read(file));
              LOG.infof(
                  "The roster file has %d agencies with %d badges",
                  counts.agencies(), counts.badges());
            });
  }
}
