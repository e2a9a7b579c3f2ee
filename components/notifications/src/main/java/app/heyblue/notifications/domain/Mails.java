package app.heyblue.notifications.domain;

import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.NotificationsProblems;
import app.heyblue.notifications.demo.DemoMailStore;
import app.heyblue.notifications.postgres.LetterTable;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.SchemaMigrations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
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
  private final Carrier carrier;
  private final Envelopes envelopes;
  private final Postman postman;
  private final boolean demo;

  public Mails(
      Database database,
      Clock clock,
      DemoMailStore demoMail,
      Carrier carrier,
      Envelopes envelopes,
      Postman postman,
      @ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.database = database;
    this.clock = clock;
    this.demoMail = demoMail;
    this.carrier = carrier;
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
      Instant now = clock.instant();
      Consumer<Handle> keeping = demoMail.keeping(letter, now);
      database.useTransaction(tx -> keep(tx, letter, now, keeping));
      return;
    }
    if (!carrier.isConfigured()) {
      throw NotificationsProblems.MAIL_UNAVAILABLE.raise(
          "No way of sending mail is configured here. Tell the operator.");
    }
    byte[] content = envelopes.close(letter);
    if (!database.inTransaction(
        tx -> LetterTable.sending(tx, letter, content, clock.instant(), Postman.LEASE))) {
      return;
    }
    switch (carrier.carry(letter)) {
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
    post(tx, letter, clock.instant());
  }

  /**
   * {@link #post(Handle, Letter)} of what happened at some time: the letter is dated by it, and is
   * too old so much the earlier.
   */
  public void post(Handle tx, Letter letter, Instant at) {
    if (demo) {
      keep(tx, letter, at, demoMail.keeping(letter, at));
    } else if (LetterTable.queue(tx, letter, envelopes.close(letter), at)) {
      tx.afterCommit(postman::wake);
    }
  }

  private static void keep(Handle tx, Letter letter, Instant at, Consumer<Handle> keeping) {
    if (LetterTable.sent(tx, letter, at)) {
      keeping.accept(tx);
    }
  }
}
