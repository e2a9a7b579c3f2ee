package app.heyblue.notifications;

import org.jdbi.v3.core.Handle;

/**
 * Sends letters: into the demo mailbox while demo data exist, by SMTP where it's configured. One id
 * is one letter; whatever comes under it again is ignored.
 */
public interface Mail {
  /**
   * Delivers a letter that somebody waits for, such as a code. When it returns, the demo mailbox
   * has it; SMTP has accepted it, or another call with its id is about to.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code mail-unavailable} 503) where no way of
   *     sending is configured or the server doesn't take it; it can then be sent again
   */
  void send(Letter letter);

  /**
   * Queues a letter in the caller's transaction: it is delivered once that commits, tried again
   * while it {@linkplain Template#matters matters}, and then given up. The demo mailbox has it at
   * the commit.
   */
  void post(Handle tx, Letter letter);
}
