package app.heyblue.notifications.domain;

import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.NotificationsProblems;
import app.heyblue.notifications.demo.DemoMailStore;
import app.heyblue.notifications.postgres.LetterTable;
import app.heyblue.notifications.smtp.Outcome;
import app.heyblue.notifications.smtp.SmtpMail;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Sends each letter once: its id is stored before and marked after.
 *
 * <p>By SMTP that is at least once: where a crash falls between the server's answer and the mark,
 * the {@link Postman} sends the letter again, under the same Message-ID. The demo mailbox takes a
 * letter in the transaction that stores it, exactly once.
 */
@ApplicationScoped
public class Mails implements Mail {
  private static final Logger LOG = Logger.getLogger(Mails.class);

  private final Database database;
  private final Clock clock;
  private final DemoMailStore demoMail;
  private final SmtpMail smtp;
  private final Envelopes envelopes;
  private final Postman postman;
  private final boolean demo;

  public Mails(
      Database database,
      Clock clock,
      DemoMailStore demoMail,
      SmtpMail smtp,
      Envelopes envelopes,
      Postman postman,
      @ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.database = database;
    this.clock = clock;
    this.demoMail = demoMail;
    this.smtp = smtp;
    this.envelopes = envelopes;
    this.postman = postman;
    this.demo = demo;
  }

  @Produces
  @Singleton
  static SchemaMigrations migrations() {
    return new SchemaMigrations("notifications");
  }

  @Override
  public void send(Letter letter) {
    if (demo) {
      Consumer<Handle> keeping = demoMail.keeping(letter);
      database.useTransaction(tx -> keep(tx, letter, keeping));
      return;
    }
    if (!smtp.isConfigured()) {
      throw NotificationsProblems.MAIL_UNAVAILABLE.raise(
          "No way of sending mail is configured here. Tell the operator.");
    }
    byte[] content = envelopes.close(letter);
    if (!database.inTransaction(
        tx -> LetterTable.sending(tx, letter, content, clock.instant(), Postman.LEASE))) {
      return;
    }
    switch (smtp.send(letter)) {
      case Outcome.Accepted() ->
          database.useTransaction(tx -> LetterTable.confirm(tx, letter.id(), clock.instant()));
      case Outcome.Later(String why) -> refuse(letter, why);
      case Outcome.Never(String why) -> refuse(letter, why);
    }
  }

  private void refuse(Letter letter, String why) {
    database.useTransaction(tx -> LetterTable.release(tx, letter.id()));
    LOG.warnf("%s was not accepted: %s", letter, why);
    throw NotificationsProblems.MAIL_UNAVAILABLE.raise(
        "The mail server didn't take the mail. Try again in a minute.");
  }

  @Override
  public void post(Handle tx, Letter letter) {
    if (demo) {
      keep(tx, letter, demoMail.keeping(letter));
    } else if (LetterTable.queue(tx, letter, envelopes.close(letter), clock.instant())) {
      tx.afterCommit(postman::wake);
    }
  }

  private void keep(Handle tx, Letter letter, Consumer<Handle> keeping) {
    if (LetterTable.sent(tx, letter, clock.instant())) {
      keeping.accept(tx);
    }
  }
}
