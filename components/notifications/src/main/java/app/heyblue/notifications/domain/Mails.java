package app.heyblue.notifications.domain;

import app.heyblue.notifications.Mail;
import app.heyblue.notifications.MailMessage;
import app.heyblue.notifications.NotificationsConfig;
import app.heyblue.notifications.NotificationsProblems;
import app.heyblue.notifications.demo.DemoMailStore;
import app.heyblue.notifications.smtp.SmtpMail;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Sends each mail once: its id is claimed before and confirmed after.
 *
 * <p>By SMTP that is at most once: a crash between the claim and the server's answer loses the mail
 * rather than sending it twice, since a person can always ask for another. A failure that the
 * caller is told of gives the id back. The demo mailbox takes a mail in the claim's transaction,
 * exactly once.
 */
@ApplicationScoped
public class Mails implements Mail {
  private static final Logger LOG = Logger.getLogger(Mails.class);

  private final Database database;
  private final Clock clock;
  private final DemoMailStore demoMail;
  private final SmtpMail smtp;
  private final boolean demo;
  private final Optional<String> from;

  public Mails(
      Database database,
      Clock clock,
      DemoMailStore demoMail,
      SmtpMail smtp,
      NotificationsConfig config,
      @ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.database = database;
    this.clock = clock;
    this.demoMail = demoMail;
    this.smtp = smtp;
    this.demo = demo;
    this.from = config.from();
  }

  @Produces
  @Singleton
  static SchemaMigrations migrations() {
    return new SchemaMigrations("notifications");
  }

  @Override
  public void send(MailMessage message) {
    if (demo) {
      Consumer<Handle> keeping = demoMail.keeping(message);
      database.useTransaction(
          tx -> {
            if (SentMails.claim(tx, message.id(), clock.instant())) {
              keeping.accept(tx);
              SentMails.confirm(tx, message.id(), clock.instant());
            }
          });
      return;
    }
    String sender =
        from.orElseThrow(
            () ->
                NotificationsProblems.MAIL_UNAVAILABLE.raise(
                    "No way of sending mail is configured here. Tell the operator."));
    if (!database.inTransaction(tx -> SentMails.claim(tx, message.id(), clock.instant()))) {
      return;
    }
    try {
      smtp.send(sender, message);
    } catch (RuntimeException e) {
      database.useTransaction(tx -> SentMails.release(tx, message.id()));
      // Only the kind of failure: servers like to repeat the address in their texts.
      LOG.warnf("Mail %s was not accepted: %s", message.id(), e.getClass().getName());
      throw NotificationsProblems.MAIL_UNAVAILABLE.raise(
          "The mail server didn't take the mail. Try again in a minute.");
    }
    database.useTransaction(tx -> SentMails.confirm(tx, message.id(), clock.instant()));
  }
}
