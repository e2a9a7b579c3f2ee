package app.heyblue.notifications.live;

import static app.heyblue.notifications.live.LiveHouse.ANN;
import static app.heyblue.notifications.live.LiveHouse.BEN;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.notifications.Alert;
import app.heyblue.notifications.push.PushHouse;
import app.heyblue.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSocketsIT {
  private final LiveHouse house = new LiveHouse();

  @AfterEach
  void close() throws InterruptedException {
    house.close();
  }

  private void start() {
    house.sockets.start();
  }

  @Test
  void aMessageReachesTheRoomThatTakesIt() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      ann.say("{\"positions\":[{\"at\":1}]}");
      assertThat(house.heard.poll(10, TimeUnit.SECONDS)).hasToString("[{\"at\":1}]");
    }
  }

  @Test
  void aMessageInPiecesIsOne() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      ann.send(Client.TEXT, false, bytes("{\"positi"));
      ann.send(Client.CONTINUATION, false, bytes("ons\":"));
      ann.send(Client.PING, true, bytes("between"));
      ann.send(Client.CONTINUATION, true, bytes("[7]}"));
      assertThat(house.heard.poll(10, TimeUnit.SECONDS)).hasToString("[7]");
    }
  }

  @Test
  void nobodySaysAnythingBeforeTheToken() throws Exception {
    start();
    for (String first :
        List.of("{\"positions\":[]}", "[]", "", "{\"token\":", "{\"token\":7}", "{}")) {
      try (Client nobody = house.open()) {
        nobody.say(first);
        assertThat(nobody.awaitClosed()).as(first).isEqualTo(4402);
      }
    }
    assertThat(house.heard).isEmpty();
  }

  @Test
  void aTokenThatIsNotGoodCloses() throws Exception {
    start();
    String old = house.token(ANN, house.now.minusSeconds(1));
    for (String token : List.of("made-up", old)) {
      try (Client nobody = house.open()) {
        nobody.say("{\"token\":\"" + token + "\"}");
        assertThat(nobody.awaitClosed()).isEqualTo(4401);
      }
    }
  }

  @Test
  void whoSaysNothingIsClosed() throws Exception {
    house.tokenWithin = Duration.ofSeconds(1);
    start();
    try (Client nobody = house.open()) {
      assertThat(nobody.awaitClosed()).isEqualTo(4408);
    }
  }

  @Test
  void aTokenThatRunsOutEndsTheSocketAndANewOneRenewsIt() throws Exception {
    start();
    try (Client renews = house.open(house.token(ANN));
        Client lapses = house.open(house.token(BEN))) {
      house.now = house.now.plus(Duration.ofMinutes(10));
      renews.say("{\"token\":\"" + house.token(ANN) + "\"}");
      assertThat(renews.next().path("expiresAt").asText()).isEqualTo("2026-04-01T10:25:00Z");
      house.now = house.now.plus(Duration.ofMinutes(10));
      assertThat(lapses.awaitClosed()).isEqualTo(4401);
      renews.say("{\"positions\":[]}");
      assertThat(house.heard.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void aSessionThatEndsTakesItsSocketsAlong() throws Exception {
    start();
    String token = house.token(ANN);
    try (Client one = house.open(token);
        Client two = house.open(token)) {
      house.ended.add(house.session(token));
      assertThat(one.awaitClosed()).isEqualTo(4401);
      assertThat(two.awaitClosed()).isEqualTo(4401);
      assertThat(house.disconnected.poll(10, TimeUnit.SECONDS)).isEqualTo(ANN);
    }
  }

  @Test
  void whatAnEndedSessionSendsIsTakenByNobodyEvenBeforeTheNextLook() throws Exception {
    String token = house.token(ANN);
    try (Client ann = house.open(token)) { // nothing looks: the house hasn't started
      house.ended.add(house.session(token));
      ann.say("{\"positions\":[]}");
      assertThat(ann.awaitClosed()).isEqualTo(4401);
    }
  }

  @Test
  void aTokenThatMustBeShownAgainIs() throws Exception {
    start();
    String token = house.token(ANN, house.now.plusSeconds(900), house.now.plusSeconds(60));
    try (Client ann = house.open(token)) {
      house.tokens.remove(token);
      house.now = house.now.plusSeconds(61);
      assertThat(ann.awaitClosed()).isEqualTo(4401);
    }
  }

  @Test
  void aTokenIsNotShownAgainWhileItsSuccessorIsChecked() throws Exception {
    start();
    String old = house.token(ANN, house.now.plusSeconds(900), house.now.plusSeconds(60));
    try (Client ann = house.open(old);
        Client first = house.open(house.token(BEN, house.now.plusSeconds(61)));
        Client second = house.open(house.token(BEN, house.now.plusSeconds(122)))) {
      String renewed = house.token(ANN, house.now.plusSeconds(1800));
      house.gate = new CountDownLatch(1);
      ann.say("{\"token\":\"" + renewed + "\"}");
      await(() -> house.checked.contains(renewed));
      house.now = house.now.plusSeconds(61);
      first.awaitClosed(); // ann is looked at within the same second
      house.now = house.now.plusSeconds(61);
      second.awaitClosed();
      house.gate.countDown();
      assertThat(ann.next().path("expiresAt").asText()).isEqualTo("2026-04-01T10:30:00Z");
      assertThat(house.checked).containsOnlyOnce(old);
    }
  }

  @Test
  void socketsAreCountedAndNotParties() throws Exception {
    start();
    try (Client one = house.open(house.token(ANN));
        Client two = house.open(house.token(ANN));
        Client three = house.open(house.token(BEN));
        Client _ = house.open()) {
      await(() -> house.meters.get("heyblue.live.sockets").gauge().value() == 3);
      one.close();
      two.close();
      three.close();
      await(() -> house.meters.get("heyblue.live.sockets").gauge().value() == 0);
    }
  }

  @Test
  void anotherPartysTokenCloses() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      ann.say("{\"token\":\"" + house.token(BEN) + "\"}");
      assertThat(ann.awaitClosed()).isEqualTo(4403);
      assertThat(house.sockets.isListening(BEN)).isFalse();
    }
  }

  @Test
  void hostileMessagesAreRefusedAndTheSocketStays() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      for (String bad :
          List.of(
              "",
              "null",
              "[]",
              "7",
              "{",
              "{}",
              "{} {}",
              "{\"positions\":[],\"token2\":1}",
              "{\"positions\":[],\"positions\":[]}",
              "{\"POSITIONS\":[]}",
              "{\"\\u0000\":1}",
              "{\"positions\":" + "[".repeat(2000) + "]".repeat(2000) + "}",
              "{\"positions\":" + "9".repeat(2000) + "}",
              "{\"positions\":null}")) {
        ann.say(bad);
        JsonNode answer = ann.next();
        assertThat(answer.path("type").asText()).as(bad).isEqualTo("problem");
        assertThat(answer.path("problem").path("status").asInt()).isEqualTo(400);
      }
      ann.send(Client.BINARY, true, new byte[] {1, 2, 3});
      assertThat(ann.next().path("problem").path("type").asText()).isEqualTo("/problems/malformed");
      ann.send(Client.TEXT, true, new byte[] {'{', '"', (byte) 0xc3, (byte) 0x28, '"', '}'});
      assertThat(ann.next().path("type").asText()).isEqualTo("problem");
      ann.say("{\"positions\":\"a fault of ours\"}");
      assertThat(ann.next().path("problem").path("status").asInt()).isEqualTo(500);
      ann.say("{\"positions\":[\"\u00e9\ud83d\ude00\"]}");
      assertThat(house.heard.poll(10, TimeUnit.SECONDS)).hasToString("[\"\u00e9\ud83d\ude00\"]");
    }
  }

  @Test
  void aRefusalNamesThePlaceInTheInput() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      ann.say("{\"positions\":null}");
      assertThat(ann.next().path("problem"))
          .hasToString(
              "{\"type\":\"/problems/invalid-input\",\"title\":\"Some values are not acceptable\","
                  + "\"status\":400,\"detail\":\"There must be some.\","
                  + "\"errors\":[{\"pointer\":\"/positions\",\"detail\":\"There must be some.\"}]}");
    }
  }

  @Test
  void tooManyBadMessagesCloseAndRefusalsByTheDomainDont() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      for (int i = 0; i < 30; i++) {
        ann.say("{\"positions\":true}");
        assertThat(ann.next().path("problem").path("status").asInt()).isEqualTo(403);
      }
      for (int i = 0; i < 30; i++) {
        ann.say("what?");
      }
      assertThat(ann.awaitClosed()).isEqualTo(4429);
    }
  }

  @Test
  void aFloodCloses() throws Exception {
    house.messagesPerMinute = 100;
    start();
    try (Client ann = house.open(house.token(ANN))) {
      for (int i = 0; i < 200; i++) {
        ann.say("{\"positions\":[]}");
      }
      assertThat(ann.awaitClosed()).isEqualTo(4429);
      assertThat(house.heard).hasSizeBetween(90, 101);
    }
  }

  @Test
  void aFloodOfPingsCloses() throws Exception {
    house.messagesPerMinute = 100;
    start();
    try (Client ann = house.open(house.token(ANN))) {
      for (int i = 0; i < 200; i++) {
        ann.send(Client.PING, true, new byte[0]);
      }
      assertThat(ann.awaitClosed()).isEqualTo(4429);
    }
  }

  @Test
  void whatIsTooLongCloses() throws Exception {
    start();
    try (Client frame = house.open(house.token(ANN));
        Client pieces = house.open(house.token(BEN))) {
      frame.send(Client.TEXT, true, new byte[64 * 1024 + 1]);
      assertThat(frame.awaitClosed()).isEqualTo(1009);
      for (int i = 0; i < 3; i++) {
        pieces.send(i == 0 ? Client.TEXT : Client.CONTINUATION, false, new byte[30 * 1024]);
      }
      assertThat(pieces.awaitClosed()).isEqualTo(1009);
    }
  }

  @Test
  void theOldestOfTooManySocketsOfAPartyCloses() throws Exception {
    start();
    String token = house.token(ANN);
    List<Client> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      clients.add(house.open(token));
    }
    assertThat(clients.getFirst().awaitClosed()).isEqualTo(4409);
    house.sockets.send(ANN, "{\"type\":\"hello\"}");
    for (Client left : clients.subList(1, 4)) {
      assertThat(left.next().path("type").asText()).isEqualTo("hello");
    }
    assertThat(house.disconnected).isEmpty();
    clients.forEach(Client::close);
    assertThat(house.disconnected.poll(10, TimeUnit.SECONDS)).isEqualTo(ANN);
    assertThat(house.sockets.isListening(ANN)).isFalse();
    assertThat(house.disconnected.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void silentSocketsLiveWhileTheyAnswerPings() throws Exception {
    house.ping = Duration.ofSeconds(1);
    start();
    try (Client healthy = house.open(house.token(ANN));
        Client dead = house.open(house.token(BEN))) {
      dead.stopAnsweringPings();
      assertThat(dead.awaitClosed()).isEqualTo(4408);
      healthy.awaitPing();
      healthy.awaitPing();
      healthy.say("{\"positions\":[]}");
      assertThat(house.heard.poll(10, TimeUnit.SECONDS)).isNotNull();
    }
  }

  @Test
  void whoSaysLittleAndHearsNothingIsNoSlowClient() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      for (int i = 0; i < 30; i++) { // for three times the patience with slow requests
        ann.say("{\"positions\":[]}");
        assertThat(house.heard.poll(10, TimeUnit.SECONDS)).isNotNull();
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  @Test
  void whoDoesntReadIsClosedAndNothingMoreIsKeptForThem() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      // Nothing reads: the socket's own buffers fill, then the server's.
      String long1 = "{\"type\":\"" + "x".repeat(30_000) + "\"}";
      await(() -> house.sockets.isListening(ANN)); // the welcome comes a moment before that
      ann.stopReading();
      await(
          () -> {
            house.sockets.send(ANN, long1);
            return !house.sockets.isListening(ANN);
          });
      assertThat(house.disconnected.poll(10, TimeUnit.SECONDS)).isEqualTo(ANN);
    }
  }

  @Test
  void aStoppingServerSaysSo() throws Exception {
    start();
    try (Client ann = house.open(house.token(ANN))) {
      house.sockets.stop();
      assertThat(ann.awaitClosed()).isEqualTo(1001);
    }
  }

  @Test
  void alertsAreOneMessageEach() throws Exception {
    start();
    Teller alerts = teller();
    try (Client ann = house.open(house.token(ANN))) {
      alerts.tell(BEN, new Alert.SharingEnded("signedOut")); // nobody listens
      await(() -> house.sockets.isListening(ANN)); // the welcome comes a moment before that
      alerts.tell(ANN, new Alert.OfficerNearby("ref", "8828308281fffff", "near", null));
      assertThat(ann.next())
          .hasToString(
              "{\"type\":\"officerNearby\",\"officerRef\":\"ref\",\"cell\":\"8828308281fffff\","
                  + "\"distanceBand\":\"near\"}");
      alerts.tell(ANN, new Alert.BalanceChanged(30, 10, 20));
      assertThat(ann.next())
          .hasToString("{\"type\":\"balanceChanged\",\"points\":30,\"held\":10,\"available\":20}");
    }
  }

  private Teller teller() {
    return new Teller(
        house.sockets, new PushHouse(TestDatabase.create("notifications")).pushes, house.clock);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
