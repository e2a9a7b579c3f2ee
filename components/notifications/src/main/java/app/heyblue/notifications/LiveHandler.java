package app.heyblue.notifications;

import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * What another room does with frames that people send over the live socket; a bean that implements
 * this is found by itself.
 */
public interface LiveHandler {
  /** The member that its frames have, for example {@code positions}; others go to other rooms. */
  String member();

  /**
   * Takes one frame; mustn't block for long.
   *
   * @param value of the member, as it was sent: not checked by anybody yet
   * @throws app.heyblue.kernel.ProblemException where the frame is refused; the sender is told, and
   *     the socket stays open
   */
  void received(Caller caller, JsonNode value);

  /** The last live socket of a party is closed. */
  void disconnected(UserId party);
}
