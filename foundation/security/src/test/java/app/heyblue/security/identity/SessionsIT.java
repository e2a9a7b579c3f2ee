package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.messaging.NewEvent;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import app.heyblue.security.Session;
import app.heyblue.security.Together;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsIT {
  private static final String EMAIL = "ada@example.org";
  @TempDir Path home;
  private Desk desk;
  private Session session;

  @BeforeEach
  void signIn() {
    desk = new Desk(House.over(home));
    desk.enabled(PartyKind.CIVILIAN, EMAIL);
    session = desk.signIn(EMAIL);
  }

  @Test
  void aRefreshGoesOnWithTheSameSession() {
    desk.house.pass(Duration.ofMinutes(20));
    Session next = desk.sessions.refresh(session.refreshToken());

    assertThat(next.refreshToken()).isNotEqualTo(session.refreshToken());
    assertThat(desk.accepted(session)).isEmpty();
    Caller caller = desk.accepted(next).orElseThrow();
    assertThat(caller.userId()).isEqualTo(session.userId());
    desk.house.pass(Duration.ofDays(29));
    assertThat(desk.accepted(desk.sessions.refresh(next.refreshToken()))).contains(caller);
  }

  @Test
  void usingARefreshTokenTwiceEndsTheSession() {
    Session next = desk.sessions.refresh(session.refreshToken());

    refused(session);
    assertThat(desk.accepted(next)).isEmpty();
    refused(next);
    assertThat(reasons()).containsExactly("refreshReused");
  }

  @Test
  void ofEightRefreshesAtOnceOneAtMostPassesAndTheSessionEnds() throws Exception {
    List<Future<Session>> refreshes =
        Together.run(
            Collections.<Callable<Session>>nCopies(
                8, () -> desk.sessions.refresh(session.refreshToken())));

    assertThat(refreshes.stream().filter(done -> done.state() == Future.State.SUCCESS)).hasSize(1);
    assertThat(desk.accepted(session)).isEmpty();
    assertThat(reasons()).containsExactly("refreshReused");
  }

  @Test
  void aSessionThatIsHeldEndsNoSoonerThanTheTransactionThatHoldsIt() throws Exception {
    Caller caller = desk.accepted(session).orElseThrow();
    CompletableFuture<Void> ended =
        desk.house.database.inTransaction(
            tx -> {
              assertThat(desk.sessions.goesOn(tx, caller)).isTrue();
              CompletableFuture<Void> ending =
                  CompletableFuture.runAsync(() -> desk.sessions.signOut(caller));
              assertThatThrownBy(() -> ending.get(200, TimeUnit.MILLISECONDS))
                  .isInstanceOf(TimeoutException.class);
              return ending;
            });
    ended.get(10, TimeUnit.SECONDS);
    boolean goesOn = desk.house.database.inTransaction(tx -> desk.sessions.goesOn(tx, caller));
    assertThat(goesOn).isFalse();
  }

  @Test
  void aRefreshTokenIsGoodForThirtyDays() {
    desk.house.pass(Duration.ofDays(30));
    refused(session);
    assertThat(reasons()).isEmpty();
  }

  @Test
  void whatIsNoRefreshTokenIsRefused() {
    for (String text : List.of("", "x", "\u0000", session.accessToken())) {
      assertThatThrownBy(() -> desk.sessions.refresh(text)).isInstanceOf(ProblemException.class);
    }
    assertThat(desk.accepted(session)).isPresent();
    assertThat(desk.house.tokens.verify(session.refreshToken())).isEmpty();
  }

  @Test
  void signingOutEndsTheSessionAtOnceAndNoOther() {
    Session other = desk.signIn(EMAIL);
    desk.sessions.signOut(desk.accepted(session).orElseThrow());

    assertThat(desk.accepted(session)).isEmpty();
    refused(session);
    assertThat(desk.accepted(other)).isPresent();
    assertThat(reasons()).containsExactly("signedOut");
  }

  @Test
  void onesSessionsAreListedNewestFirstWithoutTellingWhereTheyAre() {
    desk.house.pass(Duration.ofMinutes(5));
    Session other = desk.provider.signInAs(session.userId(), "another device");
    desk.enabled(PartyKind.CIVILIAN, "bob@example.org");
    desk.signIn("bob@example.org");
    desk.house.pass(Duration.ofMinutes(5));
    Session renewed = desk.sessions.refresh(session.refreshToken());
    Caller caller = desk.accepted(renewed).orElseThrow();

    List<OpenSession> open = desk.sessions.list(caller, new PageRequest(10, null)).items();
    assertThat(open)
        .extracting(OpenSession::id)
        .containsExactly(desk.accepted(other).orElseThrow().sessionId(), caller.sessionId());
    assertThat(open).extracting(OpenSession::current).containsExactly(false, true);
    assertThat(open.getFirst().device()).isNotEqualTo(open.getLast().device());
    assertThat(open.getLast().lastUsedAt())
        .isEqualTo(open.getLast().startedAt().plus(Duration.ofMinutes(10)));

    Page<OpenSession> first = desk.sessions.list(caller, new PageRequest(1, null));
    assertThat(desk.sessions.list(caller, new PageRequest(1, first.next())).items())
        .containsExactly(open.getLast());
  }

  @Test
  void oneSessionIsEndedFromAnotherButNotByAStranger() {
    Session other = desk.signIn(EMAIL);
    desk.enabled(PartyKind.ADMIN, "bob@example.org");
    Caller stranger = desk.accepted(desk.signIn("bob@example.org")).orElseThrow();
    Caller caller = desk.accepted(session).orElseThrow();
    UUID id = desk.accepted(other).orElseThrow().sessionId();

    assertThatThrownBy(() -> desk.sessions.end(stranger, id)).isInstanceOf(ProblemException.class);
    assertThat(desk.accepted(other)).isPresent();
    desk.sessions.end(caller, id);
    assertThat(desk.accepted(other)).isEmpty();
    refused(other);
    assertThat(desk.accepted(session)).isPresent();
    assertThatThrownBy(() -> desk.sessions.end(caller, id)).isInstanceOf(ProblemException.class);
    assertThat(reasons()).containsExactly("signedOutElsewhere");
  }

  @Test
  void signingOutEverywhereEndsAllSessionsOfThePartyAndNobodyElses() {
    Session other = desk.signIn(EMAIL);
    desk.enabled(PartyKind.ADMIN, "bob@example.org");
    Session bobs = desk.signIn("bob@example.org");
    Caller caller = desk.accepted(session).orElseThrow();
    desk.sessions.endAll(caller, caller.userId());

    for (Session ended : List.of(session, other)) {
      assertThat(desk.accepted(ended)).isEmpty();
      refused(ended);
    }
    Caller admin = desk.accepted(bobs).orElseThrow();
    Session again = desk.signIn(EMAIL);
    desk.sessions.endAll(admin, caller.userId());
    assertThat(desk.accepted(again)).isEmpty();
    assertThat(reasons())
        .containsExactly("signedOutElsewhere", "signedOutElsewhere", "endedByAdmin");
  }

  @Test
  void aChangeOfThePasswordEndsAllOtherSessions() {
    Session other = desk.signIn(EMAIL);
    Caller caller = desk.accepted(session).orElseThrow();
    assertThatThrownBy(() -> desk.change.change(caller, Desk.PASSWORD, "Password1!"))
        .isInstanceOf(ProblemException.class);
    desk.change.change(caller, Desk.PASSWORD, "another horse");

    assertThat(desk.accepted(other)).isEmpty();
    assertThat(desk.accepted(session)).contains(caller);
    assertThatThrownBy(() -> desk.signIn(EMAIL)).isInstanceOf(ProblemException.class);
    assertThat(desk.provider.signIn(EMAIL, "another horse", Desk.DEVICE).userId())
        .isEqualTo(caller.userId());
  }

  @Test
  void aSessionEndsAfterHalfAYearHoweverOftenItIsRenewed() {
    Session renewed = session;
    for (int days = 0; days < 175; days += 25) {
      desk.house.pass(Duration.ofDays(25));
      renewed = desk.sessions.refresh(renewed.refreshToken());
    }
    desk.house.pass(Duration.ofDays(5));
    refused(renewed);
    desk.house.pass(Duration.ofSeconds(1));
    desk.keeper.clean();
    assertThat(reasons()).containsExactly("expired");
  }

  @Test
  void aHundredAndFirstSessionEndsTheOldest() {
    Session second = desk.signIn(EMAIL);
    for (int i = 2; i <= Sessions.MOST; i++) {
      desk.signIn(EMAIL);
    }
    assertThat(desk.accepted(session)).isEmpty();
    assertThat(desk.accepted(second)).isPresent();
    assertThat(reasons()).containsExactly("tooMany");
  }

  @Test
  void theStreamTellsWhichSessionEndedAndWhy() throws Exception {
    Caller caller = desk.accepted(session).orElseThrow();
    desk.sessions.signOut(caller);
    desk.sessions.signOut(caller);

    assertThat(desk.house.told).hasSize(1);
    NewEvent event = desk.house.told.getFirst();
    assertThat(event.type()).isEqualTo("app.heyblue.session.ended.v1");
    assertThat(event.key()).isEqualTo(caller.userId().toString());
    assertThat(Json.mapper().writeValueAsString(event.data()))
        .isEqualTo(
            "{\"userId\":\"%s\",\"sessionId\":\"%s\",\"reason\":\"signedOut\"}"
                .formatted(caller.userId(), caller.sessionId()));
  }

  @Test
  void theStreamTellsOfAChangedPasswordThoughNoOtherSessionWasOpen() throws Exception {
    Caller caller = desk.accepted(session).orElseThrow();
    desk.change.change(caller, Desk.PASSWORD, "another horse");

    assertThat(desk.house.told).hasSize(1);
    NewEvent event = desk.house.told.getFirst();
    assertThat(event.type()).isEqualTo("app.heyblue.password.changed.v1");
    assertThat(event.key()).isEqualTo(caller.userId().toString());
    assertThat(Json.mapper().valueToTree(event.data()).path("userId").asText())
        .isEqualTo(caller.userId().toString());
  }

  @Test
  void anotherProcessHearsOfTheEnd() throws Exception {
    Desk other = new Desk(desk.house.another());
    other.keeper.start(new StartupEvent());
    try {
      assertThat(other.accepted(session)).isPresent();
      desk.sessions.signOut(desk.accepted(session).orElseThrow());
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (other.accepted(session).isPresent() && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      assertThat(other.accepted(session)).isEmpty();
    } finally {
      other.keeper.stop(new ShutdownEvent());
    }
  }

  @Test
  void afterAClockThatWasAheadAnotherProcessHearsOfWhatEnds() {
    for (int seconds : List.of(86_400, 90, 50)) {
      Duration ahead = Duration.ofSeconds(seconds);
      Duration lag = Duration.ofSeconds(30); // of the machine where it ends
      Desk other = new Desk(desk.house.another());
      Session open = desk.signIn(EMAIL);
      Caller caller = other.accepted(open).orElseThrow();
      desk.house.pass(ahead);
      other.keeper.listen();
      desk.house.pass(ahead.negated());
      desk.house.pass(lag.negated());
      desk.sessions.signOut(caller);
      desk.house.pass(lag);

      other.keeper.listen();

      assertThat(other.accepted(open)).as("set back by %s", ahead).isEmpty();
    }
  }

  @Test
  void aRestartForgetsNoEnd() {
    desk.sessions.signOut(desk.accepted(session).orElseThrow());
    desk.house.pass(Duration.ofMinutes(14));

    Desk restarted = new Desk(desk.house.another());
    restarted.keeper.listen();
    assertThat(restarted.accepted(session)).isEmpty();
  }

  @Test
  void whatEndedLongAgoIsForgotten() {
    Caller caller = desk.accepted(session).orElseThrow();
    desk.sessions.signOut(caller);
    desk.house.pass(Duration.ofMinutes(17));
    desk.keeper.listen();
    assertThat(desk.ended.contains(caller.sessionId())).isFalse();
    assertThat(desk.accepted(session)).isEmpty();
  }

  @Test
  void sessionsThatNobodyRenewsEnd() {
    desk.house.pass(Duration.ofDays(29));
    Session renewed = desk.signIn(EMAIL);
    desk.house.pass(Duration.ofDays(2));
    desk.keeper.clean();

    assertThat(reasons()).containsExactly("expired");
    desk.sessions.refresh(renewed.refreshToken());
    desk.house.pass(Duration.ofDays(61));
    desk.keeper.clean();
    desk.house.pass(Duration.ofDays(31));
    desk.keeper.clean();
    assertThat(rows("session") + rows("refresh_token")).isZero();
  }

  private void refused(Session session) {
    assertThatThrownBy(() -> desk.sessions.refresh(session.refreshToken()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.type().slug()).isEqualTo("unauthenticated"));
  }

  private List<String> reasons() {
    return desk.house.told.stream()
        .map(event -> ((Sessions.SessionEnded) event.data()).reason().toString())
        .toList();
  }

  private int rows(String table) {
    return desk.house.database.read(
        tx -> tx.createQuery("select count(*) from security." + table).mapTo(Integer.class).one());
  }
}
