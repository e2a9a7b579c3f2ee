package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.preferences.PushKind;
import app.heyblue.notifications.push.PushService.Sent;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushesIT {
  private static final UserId ANN = new UserId(new UUID(0, 1));
  private static final UserId BEN = new UserId(new UUID(0, 2));
  private static final UUID SESSION = new UUID(1, 1);
  private static final String MESSAGE = "{\"type\":\"officerNearby\"}";

  private final Database database = TestDatabase.create("notifications");
  private final PushHouse house = new PushHouse(database);
  private final PushService service = new PushService();
  private final Browser browser = new Browser();

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void whoWantsItIsPushedWhatOnlyTheirBrowserCanRead() throws Exception {
    subscribe(ANN, "/one?a=b");
    house.want(ANN, "officerNearby");
    push(ANN, Duration.ofSeconds(120));

    Sent sent = service.next();
    assertThat(sent.path()).isEqualTo("/one?a=b");
    assertThat(new String(browser.decrypt(sent.body()), UTF_8)).isEqualTo(MESSAGE);
    assertThat(sent.headers().getFirst("TTL")).isEqualTo("120");
    assertThat(sent.headers().getFirst("Urgency")).isEqualTo("high");
    assertThat(sent.headers().getFirst("Content-Encoding")).isEqualTo("aes128gcm");
    assertThat(sent.headers()).doesNotContainKey("Topic");
    await(() -> house.outcomes().getOrDefault("accepted", 0.0) == 1);
  }

  @Test
  void theSenderIsVouchedForByTheKeyThatBrowsersSubscribedWith() throws Exception {
    subscribe(ANN, "/one");
    house.want(ANN, "officerNearby");
    push(ANN, Duration.ofSeconds(120));

    String header = String.valueOf(service.next().headers().getFirst("Authorization"));
    assertThat(header).startsWith("vapid t=");
    String key = header.substring(header.indexOf(", k=") + 4);
    assertThat(key).isEqualTo(house.subscriptions.serverKey());
    String[] token = header.substring("vapid t=".length(), header.indexOf(", k=")).split("\\.");
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(P256.decode(Base64.getUrlDecoder().decode(key)).orElseThrow());
    signature.update((token[0] + "." + token[1]).getBytes(US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(token[2]))).isTrue();
    JsonNode claims = Json.mapper().readTree(Base64.getUrlDecoder().decode(token[1]));
    assertThat(claims.path("aud").asText()).isEqualTo(service.endpoint(""));
    assertThat(claims.path("sub").asText()).isEqualTo("mailto:operator@heyblue.example");
    assertThat(Instant.ofEpochSecond(claims.path("exp").asLong()))
        .isBetween(house.now, house.now.plus(Duration.ofHours(24)));
  }

  @Test
  void nobodyIsPushedWhatTheyDidntAskFor() throws Exception {
    subscribe(ANN, "/ann");
    subscribe(BEN, "/ben");
    house.want(BEN, "officerNearby", "encounterConfirmed");
    push(ANN, Duration.ofSeconds(120));
    house.pushes.push(BEN, PushKind.BALANCE_CHANGED, MESSAGE, Duration.ofSeconds(120));
    push(BEN, Duration.ZERO);
    push(BEN, Duration.ofSeconds(120));

    assertThat(service.next().path()).isEqualTo("/ben");
    await(() -> house.outcomes().getOrDefault("accepted", 0.0) == 1);
    assertThat(service.hasNothing()).isTrue();
  }

  @Test
  void aSubscriptionThatIsGoneIsForgotten() throws Exception {
    for (int status : List.of(404, 410)) {
      subscribe(ANN, "/gone");
      house.want(ANN, "officerNearby");
      service.status = status;
      push(ANN, Duration.ofSeconds(120));
      assertThat(service.next().path()).isEqualTo("/gone");
      await(() -> stored(ANN).isEmpty());
    }
  }

  @Test
  void aFailureIsTriedOnceAndTheSubscriptionStays() throws Exception {
    subscribe(ANN, "/one");
    house.want(ANN, "officerNearby");
    for (int status : List.of(500, 429, 302, 400)) {
      service.status = status;
      double before = house.outcomes().getOrDefault("failed", 0.0);
      push(ANN, Duration.ofSeconds(120));
      assertThat(service.next().path()).isEqualTo("/one");
      await(() -> house.outcomes().getOrDefault("failed", 0.0) == before + 1);
    }
    assertThat(service.hasNothing()).isTrue();
    assertThat(stored(ANN)).hasSize(1);
  }

  @Test
  void whatListensToNothingOrSaysNothingSensibleIsAFailure() throws Exception {
    house.want(ANN, "officerNearby");
    try (ServerSocket odd = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      subscribeTo(ANN, "http://localhost:" + odd.getLocalPort() + "/", browser);
      Thread.ofVirtual()
          .start(
              () -> {
                try (var peer = odd.accept()) {
                  peer.getOutputStream().write("SSH-2.0-OpenSSH\r\n".getBytes(US_ASCII));
                } catch (IOException e) {
                  // The test sees that nothing comes.
                }
              });
      push(ANN, Duration.ofSeconds(120));
      await(() -> house.outcomes().getOrDefault("failed", 0.0) == 1);
    }
    push(ANN, Duration.ofSeconds(120)); // nobody listens there any more
    await(() -> house.outcomes().getOrDefault("failed", 0.0) == 2);
  }

  @Test
  void whatIsTooMuchAtOnceIsDropped() {
    database.useTransaction(
        tx -> {
          tx.execute("lock table notifications.push_subscription in access exclusive mode");
          for (int i = 0; i < 600; i++) {
            push(new UserId(new UUID(2, i)), Duration.ofSeconds(120));
          }
          assertThat(house.outcomes().get("dropped")).isEqualTo(88);
        });
  }

  @Test
  void twoAtMostAreUnderWayToOneParty() throws Exception {
    subscribe(ANN, "/one");
    house.want(ANN, "officerNearby");
    service.gate = new CountDownLatch(1);
    for (int i = 0; i < 5; i++) {
      push(ANN, Duration.ofSeconds(120));
    }
    assertThat(house.outcomes().get("dropped")).isEqualTo(3);
    service.gate.countDown();
    await(() -> house.outcomes().getOrDefault("accepted", 0.0) == 2);
    await(
        () -> {
          push(ANN, Duration.ofSeconds(120));
          return house.outcomes().getOrDefault("accepted", 0.0) >= 3;
        });
  }

  @Test
  void aPeerThatDripsBytesIsHungUpOn() throws Exception {
    house.want(ANN, "officerNearby");
    try (ServerSocket slow = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
      for (String scheme : List.of("http", "https")) {
        subscribeTo(ANN, scheme + "://localhost:" + slow.getLocalPort() + "/", browser);
      }
      Thread.ofVirtual()
          .start(
              () -> {
                for (int i = 0; i < 2; i++) {
                  drip(slow);
                }
              });
      push(ANN, Duration.ofSeconds(120));
      await(() -> house.outcomes().getOrDefault("failed", 0.0) == 2);
    }
  }

  /** Begins what never ends: a record of TLS of 16 KiB, or a status line, a byte at a time. */
  private static void drip(ServerSocket slow) {
    try (Socket peer = slow.accept()) {
      peer.getOutputStream().write(new byte[] {22, 3, 3, 64, 0, 2, 0, 63, (byte) 252});
      while (true) {
        peer.getOutputStream().write(' ');
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
      }
    } catch (IOException e) {
      // Hung up on, as the test expects.
    }
  }

  @Test
  void theOldestOfTooManySubscriptionsGoesAndTheSameBrowserIsOne() {
    house.want(ANN, "officerNearby");
    List<UUID> made = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      made.add(subscribe(ANN, "/" + i));
      house.now = house.now.plusSeconds(1);
    }
    assertThat(ids(ANN)).containsExactlyInAnyOrderElementsOf(made.subList(2, 7));
    UUID again = subscribe(ANN, "/6");
    assertThat(ids(ANN)).hasSize(5).contains(again).doesNotContain(made.get(6));

    house.want(BEN, "officerNearby");
    UUID bens = subscribe(BEN, "/6"); // signed in with the same browser
    assertThat(ids(BEN)).containsExactly(bens);
    assertThat(ids(ANN)).hasSize(4);
  }

  @Test
  void oneRemovesOnesOwn() {
    house.want(ANN, "officerNearby");
    UUID first = subscribe(ANN, "/1");
    UUID second = subscribe(ANN, "/2");
    assertThatThrownBy(() -> house.subscriptions.remove(BEN, first))
        .isInstanceOf(ProblemException.class);
    house.subscriptions.remove(ANN, first);
    assertThat(ids(ANN)).containsExactly(second);
    house.subscriptions.removeAll(BEN);
    assertThat(ids(ANN)).containsExactly(second);
    house.subscriptions.removeAll(ANN);
    assertThat(ids(ANN)).isEmpty();
  }

  @Test
  void aSubscriptionEndsWithItsSession() {
    house.want(ANN, "officerNearby");
    subscribe(ANN, "/1");
    database.useTransaction(tx -> SubscriptionTable.deleteOf(tx, new UUID(1, 2)));
    assertThat(ids(ANN)).hasSize(1);
    database.useTransaction(tx -> SubscriptionTable.deleteOf(tx, SESSION));
    assertThat(ids(ANN)).isEmpty();
  }

  @Test
  void aSessionThatHasEndedMeanwhileSubscribesToNothing() {
    house.want(ANN, "officerNearby");
    house.ended.add(SESSION);
    assertThatThrownBy(() -> subscribe(ANN, "/1"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> assertThat(refused.type()).isEqualTo(CommonProblems.UNAUTHENTICATED));
    assertThat(ids(ANN)).isEmpty();
  }

  @Test
  void whatCouldReachIntoOurNetworkIsRefusedFromTheStart() {
    PushHouse strict = new PushHouse(database, false);
    for (String endpoint :
        List.of(
            service.endpoint("/"), "https://127.0.0.1/", "https://169.254.169.254/", "nonsense")) {
      assertThatThrownBy(
              () ->
                  strict.subscriptions.add(caller(ANN), endpoint, browser.p256dh(), browser.auth()))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.errors().getFirst().pointer()).isEqualTo("/endpoint"));
    }
  }

  @Test
  void nobodyLearnsWhichNamesAreKnownHere() {
    PushHouse strict = new PushHouse(database, false);
    strict.want(ANN, "officerNearby");
    for (String endpoint : List.of("https://localhost/", "https://nowhere.invalid/")) {
      strict.subscriptions.add(caller(ANN), endpoint, browser.p256dh(), browser.auth());
    }
    strict.pushes.push(ANN, PushKind.OFFICER_NEARBY, MESSAGE, Duration.ofSeconds(60));
    await(() -> strict.outcomes().getOrDefault("refused", 0.0) == 2);
  }

  @Test
  void whatWasStoredIsCheckedAgainAtEachDelivery() {
    subscribe(ANN, "/one"); // by a server that allowed it
    house.want(ANN, "officerNearby");
    PushHouse strict = new PushHouse(database, false);
    strict.pushes.push(ANN, PushKind.OFFICER_NEARBY, MESSAGE, Duration.ofSeconds(60));
    await(() -> strict.outcomes().getOrDefault("refused", 0.0) == 1);
    assertThat(service.hasNothing()).isTrue();
  }

  @Test
  void keysThatAreNoneAreRefused() {
    for (String[] keys :
        List.of(
            new String[] {"AAAA", browser.auth(), "/keys/p256dh"},
            new String[] {"\u00e9", browser.auth(), "/keys/p256dh"},
            new String[] {browser.p256dh(), "AAAA", "/keys/auth"})) {
      assertThatThrownBy(
              () -> house.subscriptions.add(caller(ANN), service.endpoint("/"), keys[0], keys[1]))
          .isInstanceOfSatisfying(
              ProblemException.class,
              refused -> assertThat(refused.errors().getFirst().pointer()).isEqualTo(keys[2]));
    }
  }

  private List<UUID> ids(UserId party) {
    return stored(party).stream().map(SubscriptionTable.Stored::id).toList();
  }

  private List<SubscriptionTable.Stored> stored(UserId party) {
    SubscriptionTable.Interest interest =
        new SubscriptionTable.Interest(party, PushKind.OFFICER_NEARBY);
    return house.subscriptions.wanting(List.of(interest)).getOrDefault(interest, List.of());
  }

  private UUID subscribe(UserId party, String path) {
    return subscribeTo(party, service.endpoint(path), browser);
  }

  private UUID subscribeTo(UserId party, String endpoint, Browser reader) {
    return house.subscriptions.add(caller(party), endpoint, reader.p256dh(), reader.auth());
  }

  private static Caller caller(UserId party) {
    return new Caller(party, PartyKind.CIVILIAN, SESSION);
  }

  private void push(UserId party, Duration matters) {
    house.pushes.push(party, PushKind.OFFICER_NEARBY, MESSAGE, matters);
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
