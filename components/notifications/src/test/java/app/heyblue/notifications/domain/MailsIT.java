package app.heyblue.notifications.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.DemoMailbox;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.PostOffice;
import app.heyblue.notifications.Template;
import app.heyblue.notifications.postgres.LetterList;
import app.heyblue.notifications.postgres.LetterStatus;
import app.heyblue.notifications.postgres.LetterView;
import app.heyblue.postgres.Database;
import app.heyblue.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailsIT {
  private static final String ANN = "ann@example.org";
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final Database database = TestDatabase.create("notifications");
  private final PostOffice office = new PostOffice(database);
  private int ids;

  @Test
  void theDemoMailboxHasTheLetterWhenSendReturnsNewestFirst() {
    office.demo().send(code("111111"));
    office.now = office.now.plusSeconds(1);
    office.demo().send(letter(Template.PASSWORD_CHANGED, Map.of()));

    assertThat(office.mailbox().read(" Ann@Example.org "))
        .containsExactly(
            new DemoMailbox.Item("Your HeyBlue password was changed", null, office.now),
            new DemoMailbox.Item("Your HeyBlue code", "111111", office.now.minusSeconds(1)));
    assertThat(office.mailbox().read("bob@example.org")).isEmpty();
  }

  @Test
  void theDemoMailboxHasAPostedLetterAtTheCommitAndNeverWithoutIt() {
    Mail mails = office.demo();
    Letter letter = code("111111");
    assertThatThrownBy(
            () ->
                database.useTransaction(
                    tx -> {
                      mails.post(tx, letter);
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    assertThat(office.mailbox().read(ANN)).isEmpty();

    database.useTransaction(tx -> mails.post(tx, letter));
    assertThat(office.mailbox().read(ANN)).hasSize(1);
  }

  @Test
  void theDemoMailboxTakesAnIdOnce() {
    Letter letter = code("123456");
    office.demo().send(letter);
    office.demo().send(letter);
    database.useTransaction(tx -> office.demo().post(tx, letter));

    assertThat(office.mailbox().read(ANN)).hasSize(1);
  }

  @Test
  void demoMailsGoNowhereElseEvenWhereSmtpIsSet() {
    office.demo().send(code("123456"));

    assertThat(office.carried).isEmpty();
  }

  @Test
  void neitherAddressNorCodeNorTextIsStoredInClear() {
    office.demo().send(code("987654"));
    database.useTransaction(tx -> office.smtp().post(tx, code("987653")));

    assertThat(everythingStored()).doesNotContain("ann", "98765", "hello", "your code");
  }

  @Test
  void smtpSendsAnIdOnceEvenFromManyThreads() throws Exception {
    Mail mails = office.smtp();
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

    assertThat(office.carried).hasSize(1);
    assertThat(office.carried).containsExactly(letter);
    assertThat(everythingStored()).doesNotContain("ann", "123456");
  }

  @Test
  void aRefusalOfTheServerIsToldAndTheLetterCanBeSentAgain() {
    Letter letter = code("123456");
    for (Outcome refusal : List.of(new Outcome.Later("smtp-451"), new Outcome.Never("smtp-550"))) {
      office.answer = () -> refusal;
      assertThatThrownBy(() -> office.smtp().send(letter))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.type().slug()).isEqualTo("mail-unavailable"));
    }

    office.answer = Outcome.Accepted::new;
    office.smtp().send(letter);
    assertThat(office.carried).hasSize(1);
  }

  @Test
  void withoutAnyWayOfSendingItSaysSo() {
    assertThatThrownBy(() -> office.mails(false, new NoCarrier()).send(code("123456")))
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type().status()).isEqualTo(503));
  }

  private static final class NoCarrier implements Carrier {
    @Override
    public boolean isConfigured() {
      return false;
    }

    @Override
    public Outcome carry(Letter letter) {
      return new Outcome.Later("unconfigured");
    }
  }

  @Test
  void aPostedLetterGoesOutOnceAfterTheCommit() throws InterruptedException {
    Letter letter = code("123456");
    database.useTransaction(
        tx -> {
          office.smtp().post(tx, letter);
          office.smtp().post(tx, letter);
          Thread.ofVirtual().start(() -> pass()).join();
          assertThat(office.carried).isEmpty();
        });
    pass();
    pass();

    assertThat(office.carried).hasSize(1);
    assertThat(list(LetterStatus.SENT)).hasSize(1);
  }

  @Test
  void manyPostmenSendEachLetterOnce() throws Exception {
    for (int i = 0; i < 30; i++) {
      database.useTransaction(tx -> office.smtp().post(tx, code("123456")));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var pass : threads.invokeAll(Collections.nCopies(4, Executors.callable(() -> pass())))) {
        pass.get();
      }
    }

    assertThat(office.carried).hasSize(30);
  }

  @Test
  void whatFailsIsTriedAgainWithGrowingPausesAndGivenUpOnceItIsTooOld() {
    Letter letter = code("123456");
    database.useTransaction(tx -> office.smtp().post(tx, letter));
    passUnreachable();
    office.now = office.now.plusSeconds(9);
    pass();
    assertThat(office.carried).isEmpty();

    office.now = office.now.plusSeconds(1);
    passUnreachable();
    office.now = office.now.plusSeconds(29);
    pass();
    assertThat(office.carried).isEmpty();

    office.now = office.now.plus(QUARTER);
    pass();
    assertThat(office.carried).isEmpty();
    LetterView view = list(LetterStatus.GIVEN_UP).getFirst();
    assertThat(view.failure()).isEqualTo("unreachable");
    assertThat(view.attempts()).isEqualTo(3);
    assertThat(everythingStored()).doesNotContain("ann");
  }

  @Test
  void whatNobodyCouldEvenTryIsTooOld() {
    database.useTransaction(tx -> office.smtp().post(tx, code("123456")));
    office.now = office.now.plus(QUARTER);
    pass();

    assertThat(office.carried).isEmpty();
    assertThat(list(LetterStatus.GIVEN_UP).getFirst().failure()).isEqualTo("too-old");
  }

  @Test
  void whatFailedGoesOutOnceTheServerIsBack() {
    Letter letter = code("123456");
    database.useTransaction(tx -> office.smtp().post(tx, letter));
    passUnreachable();
    assertThat(list(LetterStatus.QUEUED).getFirst().failure()).isEqualTo("unreachable");
    office.now = office.now.plusSeconds(10);
    pass();

    assertThat(office.carried).containsExactly(letter);
    assertThat(list(LetterStatus.SENT)).extracting(LetterView::id).containsExactly(letter.id());
  }

  @Test
  void whatTheServerWillNeverTakeIsGivenUpAtOnce() {
    database.useTransaction(tx -> office.smtp().post(tx, code("123456")));
    office.answer = () -> new Outcome.Never("smtp-550");
    pass();

    assertThat(list(LetterStatus.GIVEN_UP).getFirst().failure()).isEqualTo("smtp-550");
    office.now = office.now.plusSeconds(60);
    office.answer = Outcome.Accepted::new;
    pass();
    assertThat(office.carried).isEmpty();
  }

  @Test
  void aLetterWhoseSenderDiedBeforeItCouldMarkItGoesOutAgain() {
    Letter letter = letter(Template.DEVICE_LINKED, Map.of());
    office.answer =
        () -> {
          office.carried.add(letter);
          throw new EndOfTheProcess();
        };
    assertThatThrownBy(() -> office.smtp().send(letter)).isInstanceOf(EndOfTheProcess.class);
    office.answer = Outcome.Accepted::new;
    office.now = office.now.plus(Postman.LEASE).minusSeconds(1);
    pass();
    assertThat(office.carried).hasSize(1);

    office.now = office.now.plusSeconds(1);
    pass();
    pass();

    // Under one id, hence one Message-ID.
    assertThat(office.carried).containsExactly(letter, letter);
  }

  @Test
  void whatOneLetterBreaksHoldsUpNoOther() {
    Letter poison = letter(Template.DEVICE_LINKED, Map.of());
    Letter good = letter(Template.PASSWORD_CHANGED, Map.of());
    database.useTransaction(
        tx -> {
          office.smtp().post(tx, poison);
          office.smtp().post(tx, good);
          tx.execute(
              "update notifications.letter set content = decode(repeat('00', 40), 'hex') where id = ?",
              poison.id());
        });
    pass();

    assertThat(office.carried).containsExactly(good);
  }

  @Test
  void aLetterOfATemplateThatIsGoneIsGivenUp() {
    database.useTransaction(
        tx -> {
          office.smtp().post(tx, code("123456"));
          tx.execute("update notifications.letter set template = 'of-an-earlier-version'");
        });
    pass();

    assertThat(list(LetterStatus.GIVEN_UP).getFirst().failure()).isEqualTo("unreadable");
  }

  @Test
  void lettersAreForgottenAfterThirtyDaysButNotThoseOnTheirWay() {
    office.smtp().send(code("123456"));
    database.useTransaction(
        tx -> {
          office.smtp().post(tx, letter(Template.DEVICE_LINKED, Map.of()));
        });
    office.now = office.now.plus(Duration.ofDays(31));
    office.postman(office).clean();

    assertThat(list(null)).extracting(LetterView::status).containsExactly(LetterStatus.QUEUED);
  }

  @Test
  void theListIsPagedNewestFirstAndTellsNothingPersonal() throws Exception {
    for (int i = 0; i < 5; i++) {
      office.smtp().send(code("123456"));
    }
    List<LetterView> seen = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page<LetterView> page =
          new LetterList(database).find(Optional.empty(), new PageRequest(2, after));
      seen.addAll(page.items());
      after = page.next();
    } while (after != null);

    assertThat(seen)
        .extracting(view -> view.id().getLeastSignificantBits())
        .containsExactly(5L, 4L, 3L, 2L, 1L);
    assertThat(Json.mapper().writeValueAsString(seen)).doesNotContain("ann", "123456");
    for (String place : List.of("", "x|y", "2026-04-01T10:00:00Z|x", "|")) {
      assertThatThrownBy(
              () ->
                  new LetterList(database)
                      .find(Optional.empty(), new PageRequest(2, Cursor.encode(place + " "))))
          .isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void pausesGrowToAnHour() {
    assertThat(Postman.pause(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(Postman.pause(2)).isEqualTo(Duration.ofSeconds(30));
    assertThat(Postman.pause(100)).isEqualTo(Duration.ofHours(1));
  }

  /** As the end of a process: no handler of ours sees it. */
  private static final class EndOfTheProcess extends Error {
    private static final long serialVersionUID = 1;
  }

  private void pass() {
    office.postman(office).pass();
  }

  private void passUnreachable() {
    office.answer = () -> new Outcome.Later("unreachable");
    pass();
    office.answer = Outcome.Accepted::new;
  }

  private List<LetterView> list(@Nullable LetterStatus status) {
    return new LetterList(database)
        .find(Optional.ofNullable(status), new PageRequest(50, null))
        .items();
  }

  private Letter code(String code) {
    return letter(Template.CONFIRM_APPLICATION, Map.of("code", code));
  }

  private Letter letter(Template template, Map<String, String> values) {
    return new Letter(new UUID(0, ++ids), ANN, Language.EN, template, values);
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
}
