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
   * Takes one frame. Called by the socket's event loop, which thousands of sockets share: answer
   * from memory, and hand what waits for a lock, a disk or a network to a thread of your own.
   * Frames of one socket come in their order; those of a party's several sockets may come at once.
   *
   * @param value of the member, as it was sent: not checked by anybody yet
   * @throws app.heyblue.kernel.ProblemException where the frame is refused; the sender is told, and
   *     the socket stays open
   */
  void received(Caller caller, JsonNode value);

  /**
   * The last live socket of a party is closed; the same rule holds for what is done here. The party
   * may have opened another meanwhile, which {@link Alerts#isListening} tells.
   */
  void disconnected(UserId party);
}
