package app.heyblue.notifications;

import app.heyblue.kernel.UserId;

/**
 * Tells people at once, by their live sockets or, where none is open, by Web Push if they asked for
 * it. What can't be delivered now is dropped.
 */
public interface Alerts {
  /** Tells a party; returns at once and never fails. */
  void tell(UserId party, Alert alert);

  /** Whether the party has a live socket open here. */
  boolean isListening(UserId party);
}
