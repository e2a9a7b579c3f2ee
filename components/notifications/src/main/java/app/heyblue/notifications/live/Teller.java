package app.heyblue.notifications.live;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import app.heyblue.notifications.preferences.PushKind;
import app.heyblue.notifications.push.Pushes;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Alerts by live socket, and where none is open, by Web Push. */
@ApplicationScoped
class Teller implements Alerts {
  private static final Logger LOG = Logger.getLogger(Teller.class);
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(60);
  private final LiveSockets sockets;
  private final Pushes pushes;
  private final Clock clock;

  Teller(LiveSockets sockets, Pushes pushes, Clock clock) {
    this.sockets = sockets;
    this.pushes = pushes;
    this.clock = clock;
  }

  @Override
  public void tell(UserId party, Alert alert) {
    try {
      if (sockets.isListening(party)) {
        sockets.send(party, Frames.alert(alert));
      } else {
        push(party, alert);
      }
    } catch (RuntimeException e) {
      LOG.errorf("An alert couldn't be told: %s", e.getClass().getName()); // it may name a cell
    }
  }

  private void push(UserId party, Alert alert) {
    switch (alert) {
      case Alert.OfficerNearby near ->
          push(party, PushKind.OFFICER_NEARBY, near, Duration.ofSeconds(120));
      case Alert.EncounterRequested requested ->
          push(party, PushKind.ENCOUNTER_REQUESTED, requested, left(requested));
      case Alert.EncounterConfirmed confirmed ->
          push(party, PushKind.ENCOUNTER_CONFIRMED, confirmed, Duration.ofHours(1));
      case Alert.BalanceChanged changed ->
          push(party, PushKind.BALANCE_CHANGED, changed, Duration.ofMinutes(5));
      case Alert.SharingEnded ended -> {
        // Whoever sees it by a socket only: it's no reason to take a phone out.
      }
    }
  }

  private void push(UserId party, PushKind kind, Alert alert, Duration matters) {
    pushes.push(party, kind, Frames.alert(alert), matters);
  }

  private Duration left(Alert.EncounterRequested requested) {
    Duration left = Duration.between(clock.instant(), requested.expiresAt());
    return left.compareTo(LONGEST_REQUEST) < 0 ? left : LONGEST_REQUEST;
  }

  @Override
  public boolean isListening(UserId party) {
    return sockets.isListening(party);
  }
}
