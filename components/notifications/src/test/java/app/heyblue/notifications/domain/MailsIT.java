package app.heyblue.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.DemoMailbox;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.Template;
import app.heyblue.notifications.demo.DemoMailStore;
import app.heyblue.notifications.sealing.LetterSeal;
import app.heyblue.notifications.smtp.SmtpMail;
import app.heyblue.notifications.texts.LetterTexts;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final Database database = TestDatabase.create("notifications");
  private final List<io.quarkus.mailer.Mail> smtpMails = new CopyOnWriteArrayList<>();
  private final ReactiveMailer server =
      mails -> Uni.createFrom().voidItem().invoke(() -> smtpMails.addAll(List.of(mails)));
  private final ReactiveMailer broken =
      mails -> Uni.createFrom().failure(new IllegalStateException("connection to ann refused"));
  private final LetterTexts texts = new LetterTexts();
  private final LetterSeal seal = new LetterSeal(new OneKey(), RANDOM);
  private final Envelopes envelopes = new Envelopes(seal);
  private Instant now = Instant.parse("2026-04-01T10:00:00Z");
  private int ids;

  @Test
  void theDemoMailboxHasTheLetterWhenSendReturnsNewestFirst() {
    demo().send(code("111111"));
    now = now.plusSeconds(1);
    demo().send(letter(Template.PASSWORD_CHANGED, Map.of()));

    assertThat(mailbox().read(" Ann@Example.org "))
        .containsExactly(
            new DemoMailbox.Item("Your HeyBlue password was changed", null, now),
            new DemoMailbox.Item("Your HeyBlue code", "111111", now.minusSeconds(1)));
    assertThat(mailbox().read("bob@example.org")).isEmpty();
  }

  @Test
  void theDemoMailboxHasAPostedLetterAtTheCommitAndNeverWithoutIt() {
    Mail mails = demo();
    Letter letter = code("111111");
    assertThatThrownBy(
            () ->
                database.useTransaction(
                    tx -> {
                      mails.post(tx, letter);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(mailbox().read(ANN)).isEmpty();

    database.useTransaction(tx -> mails.post(tx, letter));
    assertThat(mailbox().read(ANN)).hasSize(1);
  }

  @Test
  void theDemoMailboxTakesAnIdOnce() {
    Letter letter = code("123456");
    demo().send(letter);
    demo().send(letter);
    database.useTransaction(tx -> demo().post(tx, letter));

    assertThat(mailbox().read(ANN)).hasSize(1);
  }

  @Test
  void demoMailsGoNowhereElseEvenWhereSmtpIsSet() {
    demo().send(code("123456"));

    assertThat(smtpMails).isEmpty();
  }

  @Test
  void neitherAddressNorCodeNorTextIsStoredInClear() {
    demo().send(code("987654"));
    database.useTransaction(tx -> smtp(server).post(tx, code("987653")));

    assertThat(everythingStored()).doesNotContain("ann", "98765", "hello", "your code");
  }

  @Test
  void smtpSendsAnIdOnceEvenFromManyThreads() throws Exception {
    Mail mails = smtp(server);
    Letter letter = code("123456");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Object>> senders = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        senders.add(Executors.callable(() -> mails.send(letter)));
      }
      for (Future<Object> sender : threads.invokeAll(senders)) {
        sender.get();
      }
    }

    assertThat(smtpMails).hasSize(1);
    assertThat(smtpMails.getFirst().getTo()).containsExactly(ANN);
    assertThat(smtpMails.getFirst().getFrom()).isEqualTo("HeyBlue <hello@heyblue.example>");
    assertThat(smtpMails.getFirst().getHeaders())
        .containsEntry("Message-ID", List.of("<" + letter.id() + "@heyblue.example>"));
    assertThat(everythingStored()).doesNotContain("ann", "123456");
  }

  @Test
  void aRefusalOfTheServerIsToldAndTheLetterCanBeSentAgain() {
    Letter letter = code("123456");

    assertThatThrownBy(() -> smtp(broken).send(letter))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type().slug()).isEqualTo("mail-unavailable"));

    smtp(server).send(letter);
    assertThat(smtpMails).hasSize(1);
  }

  @Test
  void withoutAnyWayOfSendingItSaysSo() {
    assertThatThrownBy(() -> mails(false, Optional.empty(), server).send(code("123456")))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type().status()).isEqualTo(503));
  }

  @Test
  void aPostedLetterGoesOutOnceAfterTheCommit() throws InterruptedException {
    Letter letter = code("123456");
    database.useTransaction(
        tx -> {
          smtp(server).post(tx, letter);
          smtp(server).post(tx, letter);
          Thread.ofVirtual().start(() -> postman(server).pass()).join();
          assertThat(smtpMails).isEmpty();
        });
    postman(server).pass();
    postman(server).pass();

    assertThat(smtpMails).hasSize(1);
    assertThat(status(letter)).isEqualTo("sent");
    assertThat(everythingStored()).doesNotContain("\"content\":\"");
  }

  @Test
  void manyPostmenSendEachLetterOnce() throws Exception {
    for (int i = 0; i < 30; i++) {
      database.useTransaction(tx -> smtp(server).post(tx, code("123456")));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var pass :
          threads.invokeAll(
              Collections.nCopies(4, Executors.callable(() -> postman(server).pass())))) {
        pass.get();
      }
    }

    assertThat(smtpMails).hasSize(30);
  }

  @Test
  void whatFailsIsTriedAgainWithGrowingPausesAndGivenUpOnceItIsTooOld() {
    Letter letter = code("123456");
    database.useTransaction(tx -> smtp(broken).post(tx, letter));
    postman(broken).pass();
    now = now.plusSeconds(9);
    postman(server).pass();
    assertThat(smtpMails).isEmpty();

    now = now.plusSeconds(1);
    postman(broken).pass();
    now = now.plusSeconds(29);
    postman(server).pass();
    assertThat(smtpMails).isEmpty();

    now = now.plus(QUARTER);
    postman(server).pass();
    assertThat(smtpMails).isEmpty();
    assertThat(status(letter)).isEqualTo("givenUp");
    assertThat(everythingStored()).doesNotContain("\"content\":\"", "ann");
  }

  @Test
  void whatFailedGoesOutOnceTheServerIsBack() {
    Letter letter = code("123456");
    database.useTransaction(tx -> smtp(broken).post(tx, letter));
    postman(broken).pass();
    now = now.plusSeconds(10);
    postman(server).pass();

    assertThat(smtpMails).hasSize(1);
    assertThat(status(letter)).isEqualTo("sent");
  }

  @Test
  void aLetterWhoseSenderDiedGoesOutAgainUnderTheSameMessageId() {
    Letter letter = letter(Template.DEVICE_LINKED, Map.of());
    ReactiveMailer dies =
        mails -> {
          smtpMails.addAll(List.of(mails));
          throw new ThreadDeathOfAProcess();
        };
    assertThatThrownBy(() -> smtp(dies).send(letter)).isInstanceOf(ThreadDeathOfAProcess.class);
    now = now.plus(Postman.LEASE).minusSeconds(1);
    postman(server).pass();
    assertThat(smtpMails).hasSize(1);

    now = now.plusSeconds(1);
    postman(server).pass();

    assertThat(smtpMails).hasSize(2);
    assertThat(smtpMails.get(1).getHeaders().get("Message-ID"))
        .isEqualTo(smtpMails.get(0).getHeaders().get("Message-ID"));
    assertThat(status(letter)).isEqualTo("sent");
  }

  @Test
  void pausesGrowToAnHour() {
    assertThat(Postman.pause(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(Postman.pause(2)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Postman.pause(100)).isEqualTo(Duration.ofHours(1));
  }

  /** As the end of a process: no handler of ours sees it. */
  private static final class ThreadDeathOfAProcess extends Error {
    private static final long serialVersionUID = 1;
  }

  private Letter code(String code) {
    return letter(Template.CONFIRM_APPLICATION, Map.of("code", code));
  }

  private Letter letter(Template template, Map<String, String> values) {
    return new Letter(new UUID(0, ++ids), ANN, Language.EN, template, values);
  }

  private Mails demo() {
    return mails(true, Optional.of("hello@heyblue.example"), server);
  }

  private Mails smtp(ReactiveMailer server) {
    return mails(false, Optional.of("HeyBlue <hello@heyblue.example>"), server);
  }

  private Mails mails(boolean demo, Optional<String> from, ReactiveMailer server) {
    SmtpMail smtp = new SmtpMail(server, texts, () -> from);
    return new Mails(
        database,
        clock(),
        mailbox(),
        smtp,
        envelopes,
        new Postman(database, clock(), envelopes, smtp),
        demo);
  }

  private Postman postman(ReactiveMailer server) {
    return new Postman(
        database,
        clock(),
        envelopes,
        new SmtpMail(server, texts, () -> Optional.of("HeyBlue <hello@heyblue.example>")));
  }

  private DemoMailStore mailbox() {
    return new DemoMailStore(database, clock(), MailsIT::fingerprint, seal, texts);
  }

  private Clock clock() {
    return ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  }

  private String status(Letter letter) {
    return database.read(
        tx ->
            tx.createQuery("select status from notifications.letter where id = :id")
                .bind("id", letter.id())
                .mapTo(String.class)
                .one());
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
                      select row_to_json(l)::text || encode(l.content, 'escape') as line
                        from notifications.letter l
                      union all
                      select row_to_json(l)::text from notifications.letter l
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
