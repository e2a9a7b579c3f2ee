package app.heyblue.notifications.smtp;

import app.heyblue.notifications.Letter;
import app.heyblue.notifications.NotificationsConfig;
import app.heyblue.notifications.texts.LetterTexts;
import app.heyblue.notifications.texts.Rendered;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.ext.mail.SMTPException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Hands letters to the SMTP server of {@code quarkus.mailer.*}. */
@ApplicationScoped
public class SmtpMail {
  // A server that hangs must not hold requests; the blocking mailer would wait for ever.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ReactiveMailer mailer;
  private final LetterTexts texts;
  private final Optional<String> from;

  public SmtpMail(ReactiveMailer mailer, LetterTexts texts, NotificationsConfig config) {
    this.mailer = mailer;
    this.texts = texts;
    this.from = config.from();
  }

  /** Whether a sender is configured. */
  public boolean isConfigured() {
    return from.isPresent();
  }

  /**
   * Returns once the server has answered, within 20 s. The Message-ID is made from the letter's id,
   * so that a repetition after a crash is one and the same letter to mail servers and readers.
   */
  public Outcome send(Letter letter) {
    if (from.isEmpty()) {
      return new Outcome.Later("unconfigured");
    }
    Rendered rendered = texts.render(letter);
    Mail mail =
        Mail.withText(letter.to(), rendered.subject(), rendered.text())
            .setHtml(rendered.html())
            .setFrom(from.get())
            .addHeader("Message-ID", "<" + letter.id() + "@" + domain(from.get()) + ">")
            .addHeader("Content-Language", letter.language().toString())
            .addHeader("Auto-Submitted", "auto-generated");
    try {
      mailer.send(mail).await().atMost(PATIENCE);
      return new Outcome.Accepted();
    } catch (RuntimeException e) {
      return outcome(e);
    }
  }

  private static Outcome outcome(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SMTPException answer) {
        String why = "smtp-" + answer.getReplyCode();
        return answer.isPermanent() ? new Outcome.Never(why) : new Outcome.Later(why);
      }
    }
    return new Outcome.Later("unreachable");
  }

  /** The domain of {@code Name <local@domain>}. */
  private static String domain(String sender) {
    return sender.substring(sender.lastIndexOf('@') + 1).replaceAll("[>\\s]", "");
  }
}
