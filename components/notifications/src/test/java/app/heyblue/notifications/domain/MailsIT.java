package app.heyblue.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.DemoMailbox;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.MailMessage;
import app.heyblue.notifications.demo.DemoMailStore;
import app.heyblue.notifications.demo.DemoSeal;
import app.heyblue.notifications.smtp.SmtpMail;
import app.heyblue.postgres.Database;
import app.heyblue.testing.TestDatabase;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class MailsIT {
  private static final String ANN = "ann@example.org";
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Database database = TestDatabase.create("notifications");
  private final List<io.quarkus.mailer.Mail> smtpMails = new CopyOnWriteArrayList<>();
  private final ReactiveMailer server =
      mails -> Uni.createFrom().voidItem().invoke(() -> smtpMails.addAll(List.of(mails)));
  private int ids;

  @Test
  void theDemoMailboxHasTheMailWhenSendReturnsNewestFirst() {
    mails(true, Optional.empty(), server, "2026-04-01T10:00:00Z").send(mail("First", "111111"));
    mails(true, Optional.empty(), server, "2026-04-01T10:00:01Z").send(mail("Second", null));

    assertThat(mailbox("2026-04-01T10:00:01Z").read(" Ann@Example.org "))
        .containsExactly(
            new DemoMailbox.Item("Second", null, Instant.parse("2026-04-01T10:00:01Z")),
            new DemoMailbox.Item("First", "111111", Instant.parse("2026-04-01T10:00:00Z")));
    assertThat(mailbox("2026-04-01T10:00:01Z").read("bob@example.org")).isEmpty();
  }

  @Test
  void theDemoMailboxTakesAnIdOnce() {
    Mail mails = mails(true, Optional.empty(), server, "2026-04-01T10:00:00Z");
    MailMessage mail = mail("Hello", "123456");
    mails.send(mail);
    mails.send(mail);

    assertThat(mailbox("2026-04-01T10:00:00Z").read(ANN)).hasSize(1);
  }

  @Test
  void demoMailsGoNowhereElseEvenWhereSmtpIsSet() {
    mails(true, Optional.of("hello@heyblue.example"), server, "2026-04-01T10:00:00Z")
        .send(mail("Hello", "123456"));

    assertThat(smtpMails).isEmpty();
  }

  @Test
  void neitherAddressNorCodeNorTextIsStoredInClear() {
    mails(true, Optional.empty(), server, "2026-04-01T10:00:00Z")
        .send(mail("Salutation", "987654"));

    assertThat(everythingStored()).doesNotContain("ann", "987654", "salutation", "your code");
  }

  @Test
  void smtpSendsAnIdOnceEvenFromManyThreads() throws Exception {
    Mail mails = mails(false, Optional.of("hello@heyblue.example"), server, "2026-04-01T10:00:00Z");
    MailMessage mail = mail("Hello", "123456");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> senders = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        senders.add(Executors.callable(() -> mails.send(mail)));
      }
      for (Future<Object> sender : threads.invokeAll(senders)) {
        sender.get();
      }
    }

    assertThat(smtpMails).hasSize(1);
    assertThat(smtpMails.getFirst().getTo()).containsExactly(ANN);
    assertThat(smtpMails.getFirst().getFrom()).isEqualTo("hello@heyblue.example");
    assertThat(everythingStored()).doesNotContain("ann", "123456");
  }

  @Test
  void aRefusalOfTheServerIsToldAndTheMailCanBeSentAgain() {
    MailMessage mail = mail("Hello", "123456");
    Mail refused =
        mails(
            false,
            Optional.of("hello@heyblue.example"),
            all -> Uni.createFrom().failure(new IllegalStateException("no such mailbox")),
            "2026-04-01T10:00:00Z");

    assertThatThrownBy(() -> refused.send(mail))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type().slug()).isEqualTo("mail-unavailable"));

    mails(false, Optional.of("hello@heyblue.example"), server, "2026-04-01T10:00:05Z").send(mail);
    assertThat(smtpMails).hasSize(1);
  }

  @Test
  void withoutAnyWayOfSendingItSaysSo() {
    Mail mails = mails(false, Optional.empty(), server, "2026-04-01T10:00:00Z");

    assertThatThrownBy(() -> mails.send(mail("Hello", null)))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type().status()).isEqualTo(503));
  }

  private MailMessage mail(String subject, @org.jspecify.annotations.Nullable String code) {
    return new MailMessage(new UUID(0, ++ids), ANN, subject, "Your code, Ann: " + code + ".", code);
  }

  private Mails mails(boolean demo, Optional<String> from, ReactiveMailer server, String now) {
    return new Mails(database, clock(now), mailbox(now), new SmtpMail(server), () -> from, demo);
  }

  private DemoMailStore mailbox(String now) {
    return new DemoMailStore(
        database, clock(now), MailsIT::fingerprint, new DemoSeal(new OneKey(), RANDOM));
  }

  private static Clock clock(String now) {
    return Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
  }

  private static byte[] fingerprint(String email) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(email.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every row of the room as text, octets as the characters that they'd be. */
  private String everythingStored() {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select coalesce(string_agg(line, ' '), '') from (
                      select row_to_json(s)::text as line from notifications.sent s
                      union all
                      select row_to_json(d)::text || encode(d.content, 'escape')
                        from notifications.demo_mail d) all_rows
                    """)
                .mapTo(String.class)
                .one()
                .toLowerCase(Locale.ROOT));
  }

  /** The keys of a house with one. */
  private static final class OneKey implements app.heyblue.security.HouseKeys {
    private static final byte[] KEY = new byte[32];

    @Override
    public SecretKey symmetric(String name) {
      return new SecretKeySpec(KEY, "AES");
    }

    @Override
    public KeyPair ed25519(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
