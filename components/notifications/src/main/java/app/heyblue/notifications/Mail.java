package app.heyblue.notifications;

/** Sends mail: into the demo mailbox while demo data exist, by SMTP where it's configured. */
public interface Mail {
  /**
   * Sends the message, or does nothing where its id was sent before. When it returns, a demo
   * mailbox has it; SMTP has accepted it.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code mail-unavailable} 503) where no way of
   *     sending is configured or the server refuses
   */
  void send(MailMessage message);
}
