package app.heyblue.notifications;

import app.heyblue.kernel.UserId;
import org.jdbi.v3.core.Handle;

/** Letters to parties about what happened to them, in the language of their profile. */
public interface PartyMail {
  /**
   * Queues the one letter about an incident in the caller's transaction, as {@link Mail#post} does.
   * Nobody writes to who was forgotten.
   *
   * @param template without placeholders
   * @param incident names it among those of the party
   */
  void post(Handle tx, UserId party, Template template, String incident);
}
