package app.heyblue.notifications.smtp;

import app.heyblue.notifications.MailMessage;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Hands mails to the SMTP server of {@code quarkus.mailer.*}. */
@ApplicationScoped
public class SmtpMail {
  // A server that hangs must not hold requests; the blocking mailer would wait for ever.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ReactiveMailer mailer;

  public SmtpMail(ReactiveMailer mailer) {
    this.mailer = mailer;
  }

  /** Returns once the server has accepted the mail; throws where it hasn't within 20 s. */
  public void send(String from, MailMessage message) {
    mailer
        .send(Mail.withText(message.to(), message.subject(), message.text()).setFrom(from))
        .await()
        .atMost(PATIENCE);
  }
}
