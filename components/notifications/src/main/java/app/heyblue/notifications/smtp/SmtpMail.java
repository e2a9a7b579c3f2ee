package app.heyblue.notifications.smtp;

import app.heyblue.kernel.MailDomains;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.NotificationsConfig;
import app.heyblue.notifications.domain.Carrier;
import app.heyblue.notifications.domain.Outcome;
import app.heyblue.notifications.texts.LetterTexts;
import app.heyblue.notifications.texts.Rendered;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.mutiny.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Hands letters to the SMTP server of {@code quarkus.mailer.*}. */
@ApplicationScoped
public class SmtpMail implements Carrier {
  // A server that hangs must not hold requests.
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final MailClient client;
  private final LetterTexts texts;
  private final Optional<String> from;
  private final Duration patience;

  @Inject
  public SmtpMail(MailClient client, LetterTexts texts, NotificationsConfig config) {
    this(client, texts, config, PATIENCE);
  }

  SmtpMail(MailClient client, LetterTexts texts, NotificationsConfig config, Duration patience) {
    this.client = client;
    this.texts = texts;
    this.from = config.from();
    this.patience = patience;
  }

  @Override
  public boolean isConfigured() {
    return from.isPresent();
  }

  /**
   * Returns once the server has answered, within 20 s. The Message-ID is made from the letter's id,
   * so that a repetition after a crash is one and the same letter to mail servers and readers.
   */
  @Override
  public Outcome carry(Letter letter) {
    if (from.isEmpty()) {
      return new Outcome.Later("unconfigured");
    }
    Optional<String> to = address(letter.to());
    if (to.isEmpty()) {
      return new Outcome.Never("address");
    }
    try {
      client.sendMail(message(letter, from.get(), to.get())).await().atMost(patience);
      return new Outcome.Accepted();
    } catch (RuntimeException e) {
      return outcome(e);
    }
  }

  private MailMessage message(Letter letter, String sender, String to) {
    Rendered rendered = texts.render(letter);
    MailMessage message =
        new MailMessage(sender, to, rendered.subject(), rendered.text()).setHtml(rendered.html());
    Map.of(
            "Message-ID",
            "<" + letter.id() + "@" + domain(sender) + ">",
            "Content-Language",
            letter.language().toString(),
            "Auto-Submitted",
            "auto-generated")
        .forEach(message::addHeader);
    return message;
  }

  /**
   * The address as every server takes it: the domain in Punycode (RFC 5890). Empty where it has
   * none such that is surely its own, or where the local part isn't ASCII, for which SMTPUTF8 (RFC
   * 6531) would be needed.
   */
  static Optional<String> address(String to) {
    int at = to.lastIndexOf('@');
    String local = to.substring(0, at);
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(local)) {
      return Optional.empty();
    }
    return MailDomains.ascii(to).map(domain -> local + "@" + domain);
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
