package app.heyblue.notifications.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Language;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Template;
import app.heyblue.notifications.domain.Outcome;
import app.heyblue.notifications.texts.LetterTexts;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.mail.MailClient;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Against mail servers on sockets: a real one, and ones that misbehave. */
class SmtpMailIT {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Vertx VERTX = Vertx.vertx();
  private static final Pattern MESSAGE_ID = Pattern.compile("(?mi)^Message-ID: (.*)$");

  @AfterAll
  static void end() {
    VERTX.closeAndAwait();
  }

  @Test
  void aRealServerReceivesPlainTextAndHtmlInTheReadersLanguage() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      Letter letter = letter("ann@example.org", Language.ES);
      assertThat(client(server.getSmtp().getPort(), LONG).carry(letter))
          .isEqualTo(new Outcome.Accepted());

      MimeMessage message = server.getReceivedMessages()[0];
      assertThat(message.getSubject()).isEqualTo("Su código de HeyBlue");
      InternetAddress from = (InternetAddress) message.getFrom()[0];
      assertThat(from.getPersonal()).isEqualTo("HeyBlue Ñandú");
      assertThat(from.getAddress()).isEqualTo("hello@heyblue.example");
      assertThat(message.getAllRecipients())
          .containsExactly(new InternetAddress("ann@example.org"));
      assertThat(message.getMessageID()).isEqualTo("<" + letter.id() + "@heyblue.example>");
      assertThat(message.getHeader("Message-ID")).hasSize(1);
      assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
      assertThat(message.getHeader("Content-Language")).containsExactly("es");
      assertThat(message.getContentType()).startsWith("multipart/alternative");
      MimeMultipart parts = (MimeMultipart) message.getContent();
      assertThat(parts.getCount()).isEqualTo(2);
      assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
      assertThat((String) parts.getBodyPart(0).getContent())
          .contains("¡Le damos la bienvenida a HeyBlue!", "    123456");
      assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
      assertThat((String) parts.getBodyPart(1).getContent())
          .contains("<html lang=\"es\">", "¡Le damos la bienvenida a HeyBlue!", ">123456</p>");
    } finally {
      server.stop();
    }
  }

  @Test
  void aRefusedReaderIsNeverTriedAgainAndTheReasonHoldsNoAddress() throws Exception {
    try (ScriptedSmtp server =
        new ScriptedSmtp(Map.of("RCPT", "550 5.1.1 ann@example.org is unknown here"))) {
      assertThat(carry(server, LONG)).isEqualTo(new Outcome.Never("smtp-550"));
      assertThat(server.messages).isEmpty();
    }
  }

  @Test
  void greylistingIsForNowOnly() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(Map.of("RCPT", "451 4.7.1 come back later"))) {
      assertThat(carry(server, LONG)).isEqualTo(new Outcome.Later("smtp-451"));
      assertThat(carry(server, LONG)).isEqualTo(new Outcome.Accepted());
      assertThat(server.messages).hasSize(1);
    }
  }

  @Test
  void aRefusalOfTheWholeMessageIsOneToo() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(Map.of("END", "554 5.7.1 spam, we think"))) {
      assertThat(carry(server, LONG)).isEqualTo(new Outcome.Never("smtp-554"));
    }
  }

  @Test
  void aBusyServerIsForNowOnly() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(Map.of("GREETING", "421 too many connections"))) {
      assertThat(carry(server, LONG)).isInstanceOf(Outcome.Later.class);
    }
  }

  @Test
  void whatHangsUpInTheMiddleIsForNowOnlyAndARepetitionIsRecognised() throws Exception {
    try (ScriptedSmtp server =
        new ScriptedSmtp(
            Map.of("MAIL", ScriptedSmtp.HANG_UP),
            Map.of("DATA", ScriptedSmtp.HANG_UP),
            Map.of("END", ScriptedSmtp.HANG_UP))) {
      for (int i = 0; i < 3; i++) {
        assertThat(carry(server, LONG)).isEqualTo(new Outcome.Later("unreachable"));
      }
      assertThat(carry(server, LONG)).isEqualTo(new Outcome.Accepted());

      assertThat(server.messages).hasSize(2);
      assertThat(messageId(server.messages.get(0))).isEqualTo(messageId(server.messages.get(1)));
    }
  }

  @Test
  void aServerThatNeverAnswersIsLeft() throws Exception {
    for (String command : new String[] {"GREETING", "RCPT", "END"}) {
      try (ScriptedSmtp server = new ScriptedSmtp(Map.of(command, ScriptedSmtp.SILENCE))) {
        assertThat(carry(server, Duration.ofMillis(300)))
            .isEqualTo(new Outcome.Later("unreachable"));
      }
    }
  }

  @Test
  void whereNobodyListensIsForNowOnly() throws Exception {
    int port;
    try (ScriptedSmtp server = new ScriptedSmtp()) {
      port = server.port();
    }
    assertThat(client(port, LONG).carry(letter("ann@example.org", Language.EN)))
        .isEqualTo(new Outcome.Later("unreachable"));
  }

  @Test
  void domainsAreWrittenInPunycode() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp()) {
      assertThat(client(server.port(), LONG).carry(letter("ann@bücher.example", Language.EN)))
          .isEqualTo(new Outcome.Accepted());
      assertThat(server.messages.getFirst()).contains("ann@xn--bcher-kva.example");
    }
  }

  @Test
  void whatNoServerCouldTakeIsNotEvenTried() {
    SmtpMail nowhere = client(1, LONG);
    for (String to : new String[] {"añé@example.org", "ann@exa_mple..org", "ann@[127.0.0.1]"}) {
      assertThat(nowhere.carry(letter(to, Language.EN))).isEqualTo(new Outcome.Never("address"));
    }
  }

  @Test
  void noMailGoesToADomainThatOnlySomeReadAlike() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp()) {
      for (String to : new String[] {"ann@stra\u00DFe.example", "ann@\uFF45xample.org"}) {
        assertThat(client(server.port(), LONG).carry(letter(to, Language.EN)))
            .isEqualTo(new Outcome.Never("address"));
      }
      assertThat(server.messages).isEmpty();
    }
  }

  @Test
  void whatSomebodyWroteAddsNoHeader() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp()) {
      Letter letter =
          new Letter(
              new UUID(0, 7),
              "ann@example.org",
              Language.EN,
              Template.APPLICATION_REJECTED,
              Map.of(
                  "reason", "x\r\nBcc: eve@example.org\r\n\r\n.\r\nMAIL FROM:<eve@example.org>"));
      assertThat(client(server.port(), LONG).carry(letter)).isEqualTo(new Outcome.Accepted());

      assertThat(server.messages).hasSize(1);
      String headers = server.messages.getFirst().split("\r\n\r\n", 2)[0];
      assertThat(headers).doesNotContainIgnoringCase("bcc", "eve@");
    }
  }

  private static Outcome carry(ScriptedSmtp server, Duration patience) {
    return client(server.port(), patience).carry(letter("ann@example.org", Language.EN));
  }

  private static SmtpMail client(int port, Duration patience) {
    MailConfig config =
        new MailConfig("127.0.0.1", port).setStarttls(StartTLSOptions.DISABLED).setKeepAlive(false);
    return new SmtpMail(
        MailClient.create(VERTX, config),
        new LetterTexts(),
        () -> Optional.of("HeyBlue Ñandú <hello@heyblue.example>"),
        patience);
  }

  private static Letter letter(String to, Language language) {
    return new Letter(
        new UUID(0, 7), to, language, Template.CONFIRM_APPLICATION, Map.of("code", "123456"));
  }

  private static String messageId(String message) {
    var id = MESSAGE_ID.matcher(message);
    assertThat(id.find()).isTrue();
    return id.group(1);
  }
}
