package app.heyblue.notifications.live;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Alerts by live socket. */
@ApplicationScoped
class Teller implements Alerts {
  private static final Logger LOG = Logger.getLogger(Teller.class);
  private final LiveSockets sockets;

  Teller(LiveSockets sockets) {
    this.sockets = sockets;
  }

  @Override
  public void tell(UserId party, Alert alert) {
    try {
      if (sockets.isListening(party)) {
        sockets.send(party, Frames.alert(alert));
      }
    } catch (RuntimeException e) {
      LOG.error("An alert couldn't be told", e);
    }
  }

  @Override
  public boolean isListening(UserId party) {
    return sockets.isListening(party);
  }
}
