package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Drive.Place;
import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Meetings by request, as two phones see them: each on its live socket, on the real clocks. Both
 * stories wait more than they work, so they are told at the same time.
 */
@Execution(ExecutionMode.CONCURRENT)
class TwoSocketsIT {
  private static final double FAR_METERS = 5_000;
  private static final Duration DRIVE = Duration.ofSeconds(40);

  /** The slow clock's tick, the dwell and as much again. */
  private static final Duration UNTIL_THE_ALERT = Duration.ofMinutes(2);

  private static final Pattern CHANGING =
      Pattern.compile(
          "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\\d{4}-\\d\\d-\\d\\dT[^\"]*Z");

  private final RunningServer server = RunningServer.shared();
  private final ApiClient api = server.api();
  private final Townspeople town = new Townspeople(api);
  private final ScheduledExecutorService walking = Executors.newScheduledThreadPool(2);
  private final Instant begun = Instant.now();

  /** A message as it came. */
  private record Message(Instant at, JsonNode body) {
    String type() {
      return body.path("type").asText();
    }
  }

  /** Somebody's live socket, listened to. */
  private final class Phone implements AutoCloseable {
    final LiveSocket socket;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Thread ear;

    Phone(Person owner) throws InterruptedException {
      socket = LiveSocket.of(server, owner.token());
      ear = Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
      try {
        while (true) {
          socket
              .next(Duration.ofMinutes(1))
              .ifPresent(body -> messages.add(new Message(Instant.now(), body)));
        }
      } catch (InterruptedException closed) {
        Thread.currentThread().interrupt();
      }
    }

    /** What came so far. */
    List<Message> messages() {
      return messages;
    }

    /** The first message of a type, now or soon. */
    Message await(String type, Duration patience) {
      long deadline = System.nanoTime() + patience.toNanos();
      while (System.nanoTime() < deadline) {
        for (Message message : messages) {
          if (message.type().equals(type)) {
            return message;
          }
        }
        LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
      }
      throw new AssertionError("no " + type + " came, but " + messages);
    }

    @Override
    public void close() {
      ear.interrupt();
      socket.close();
    }
  }

  @AfterEach
  void home() {
    walking.shutdownNow();
  }

  @Test
  void anOfficerDrivesNearTheTwoMeetAndBothAreTold() throws Exception {
    Drive drive = Drive.fromAfar(SharedData.tracks("nyc-trips.json"), FAR_METERS);
    double pace = drive.seconds() / DRIVE.toSeconds();
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    share(officer);
    try (Phone officers = new Phone(officer);
        Phone civilians = new Phone(civilian)) {
      say("a civilian waits at the end of a real drive of %.0f s".formatted(drive.seconds()));
      walk(civilians, drive::end);
      Instant start = Instant.now();
      walk(officers, () -> drive.after(pace * secondsSince(start)));
      say("an officer sets out, %.0f m away, %.0f times as fast".formatted(FAR_METERS, pace));
      assertThat(nearby(civilian).path("items")).isEmpty();

      Message alert = civilians.await("officerNearby", UNTIL_THE_ALERT);
      say(alert.at(), "the civilian's phone: an officer is " + alert.body().path("distanceBand"));
      Place there = drive.after(pace * Duration.between(start, alert.at()).toMillis() / 1000.0);
      assertThat(there.metersTo(drive.end())).isLessThan(FAR_METERS);

      awaitArrival(drive, start, pace);
      say("the civilian asks");
      Answer asked = ask(civilian, refOf(civilian, alert)).orFail();
      String id = asked.body().path("id").asText();
      Message request = officers.await("encounterRequested", Duration.ofSeconds(5));
      say(request.at(), "the officer's phone: somebody nearby asks to meet");
      assertThat(request.body().path("id").asText()).isEqualTo(id);
      assertThat(statuses(civilian)).containsExactly("requested");
      assertThat(statuses(officer)).containsExactly("requested");

      Instant accepting = Instant.now();
      Answer accepted = api.send("POST", answer(id, "acceptance"), officer.token(), null, Map.of());
      accepted.orFail();
      say("the officer has accepted: " + accepted.body().path("points"));
      for (Phone phone : List.of(civilians, officers)) {
        Message told = phone.await("encounterConfirmed", Duration.ofSeconds(5));
        say(told.at(), "a phone: " + told.body());
        assertThat(Duration.between(accepting, told.at())).isLessThan(Duration.ofSeconds(5));
        assertThat(told.body().path("quote")).isEqualTo(accepted.body().path("quote"));
        assertThat(told.body().path("points").asLong()).isEqualTo(5);
        assertThat(told.body().path("otherPoints").asLong()).isEqualTo(5);
        assertThat(told.body().path("balance").asLong()).isEqualTo(5);
      }
      assertThat(town.balance(civilian)).isEqualTo(5);
      assertThat(town.balance(officer)).isEqualTo(5);
      assertThat(statuses(civilian)).containsExactly("confirmed");
      Answer again = api.send("POST", answer(id, "acceptance"), officer.token(), null, Map.of());
      assertThat(again.body()).isEqualTo(accepted.body());
      assertThat(again.response().headers().firstValue("Idempotency-Replayed")).contains("true");
      assertNothingTellsThePlace(civilians, drive.end());
    }
  }

  @Test
  void whoWasRefusedSeesWhatWhoWasNeverAnsweredSees() throws Exception {
    Place corner = new Place(40.7527, -73.9772);
    Person officer = town.join("officer");
    Person refused = town.join("civilian");
    Person unanswered = town.join("civilian");
    share(officer);
    try (Phone officers = new Phone(officer);
        Phone one = new Phone(refused);
        Phone other = new Phone(unanswered)) {
      List.of(officers, one, other).forEach(phone -> walk(phone, () -> corner));
      awaitNearby(refused);
      awaitNearby(unanswered);
      Answer first = ask(refused, nearestRef(refused)).orFail();
      Answer second = ask(unanswered, nearestRef(unanswered)).orFail();
      Instant expires = Instant.parse(second.body().path("expiresAt").asText());
      String id = first.body().path("id").asText();
      assertThat(api.send("POST", answer(id, "refusal"), officer.token(), null, Map.of()).status())
          .isEqualTo(204);
      say("of two who asked, one is refused");
      while (Instant.now().isBefore(expires.minusSeconds(1))) {
        assertThat(observed(refused)).isEqualTo(observed(unanswered));
        assertThat(statuses(refused)).containsExactly("requested");
        pause();
      }
      while (Instant.now().isBefore(expires.plusMillis(100))) {
        pause();
      }
      say("their time is over");
      assertThat(statuses(refused)).isEmpty();
      assertThat(statuses(unanswered)).isEmpty();
      String ref = nearestRef(refused);
      String otherRef = nearestRef(unanswered);
      assertThat(same(ask(refused, ref))).isEqualTo(same(ask(unanswered, otherRef)));
      assertThat(one.messages()).extracting(Message::type).doesNotContain("encounterConfirmed");
      assertThat(one.messages().stream().map(Message::type).distinct())
          .containsExactlyElementsOf(
              other.messages().stream().map(Message::type).distinct().toList());
    }
  }

  /** All that somebody can observe of a request, but for ids and times, which differ anyway. */
  private List<String> observed(Person asker) {
    return List.of(
        same(api.get(API + "/encounters", asker.token())),
        same(ask(asker, "nonsense")),
        same(api.get(API + "/balances/me", asker.token())));
  }

  private static String same(Answer answer) {
    Map<String, List<String>> headers = new TreeMap<>(answer.response().headers().map());
    headers.keySet().removeAll(List.of("x-request-id", "date", "retry-after"));
    return CHANGING
        .matcher(answer.status() + " " + headers + " " + answer.response().body())
        .replaceAll("…");
  }

  /** Digits that only the officer's own place has: about a hundred metres. */
  private static void assertNothingTellsThePlace(Phone phone, Place place) {
    for (Message message : phone.messages()) {
      assertThat(message.body().toString())
          .doesNotContain(String.format(Locale.ROOT, "%.3f", place.latitude()))
          .doesNotContain(String.format(Locale.ROOT, "%.3f", Math.abs(place.longitude())));
    }
  }

  private void share(Person officer) {
    // A new officer reaches tracking by the stream.
    until(
        () ->
            api.send("PUT", API + "/sharing", officer.token(), Map.of("on", true), Map.of())
                .isSuccess());
  }

  /** Says each second where somebody is. */
  private void walk(Phone phone, Supplier<Place> where) {
    var _ =
        walking.scheduleAtFixedRate(
            () -> {
              Place place = where.get();
              phone.socket.say(
                  Map.of(
                      "positions",
                      List.of(
                          Map.of(
                              "latitude", place.latitude(),
                              "longitude", place.longitude(),
                              "accuracyMeters", 5,
                              "at", Instant.now().toString()))));
            },
            0,
            1,
            TimeUnit.SECONDS);
  }

  private void awaitArrival(Drive drive, Instant start, double pace) {
    until(() -> pace * secondsSince(start) > drive.seconds() + 2 * pace);
    say("the officer has arrived");
  }

  private void awaitNearby(Person civilian) {
    until(() -> nearby(civilian).path("items").size() > 0);
  }

  private JsonNode nearby(Person civilian) {
    until(() -> api.get(API + "/nearby", civilian.token()).isSuccess());
    return api.get(API + "/nearby", civilian.token()).orFail().body();
  }

  private String nearestRef(Person civilian) {
    return nearby(civilian).path("items").path(0).path("officerRef").asText();
  }

  /** The alert's reference, or a fresh one where the officer took longer to come than it lives. */
  private String refOf(Person civilian, Message alert) {
    return Duration.between(alert.at(), Instant.now()).toSeconds() < 25
        ? alert.body().path("officerRef").asText()
        : nearestRef(civilian);
  }

  private Answer ask(Person civilian, String officerRef) {
    return town.post(API + "/encounters", civilian.token(), Map.of("officerRef", officerRef));
  }

  private static String answer(String id, String what) {
    return API + "/encounters/" + id + "/" + what;
  }

  private List<String> statuses(Person person) {
    return api.get(API + "/encounters", person.token())
        .orFail()
        .body()
        .path("items")
        .valueStream()
        .map(one -> one.path("status").asText())
        .toList();
  }

  private static void until(Supplier<Boolean> done) {
    long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
    while (!done.get()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it didn't come to that");
      }
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
  }

  private static double secondsSince(Instant start) {
    return Duration.between(start, Instant.now()).toMillis() / 1000.0;
  }

  private void say(String what) {
    say(Instant.now(), what);
  }

  private void say(Instant when, String what) {
    double seconds = Duration.between(begun, when).toMillis() / 1000.0;
    System.out.println("%s  %7.3f s  %s".formatted(when, seconds, what));
  }
}
