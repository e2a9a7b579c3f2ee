package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Meetings by QR code, and everything that must not count as one. */
class MeetingIT {
  private final Townspeople town = new Townspeople(RunningServer.shared().api());

  @Test
  void aScanPaysBothByTheShippedRules() {
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    Answer scan = town.scan(officer, town.qrToken(civilian), key());
    assertThat(scan.status()).isEqualTo(201);
    assertThat(scan.body().path("status").asText()).isEqualTo("confirmed");
    assertThat(scan.body().path("points").path("civilian").asLong()).isEqualTo(10);
    assertThat(scan.body().path("points").path("officer").asLong()).isEqualTo(10);
    assertThat(scan.body().path("quote").asText()).isNotBlank();
    assertThat(town.balance(civilian)).isEqualTo(10);
    assertThat(town.balance(officer)).isEqualTo(10);
    assertThat(
            town.await(
                    API + "/users/" + civilian.userId() + "/officers-met",
                    civilian.token(),
                    body -> !body.path("items").isEmpty())
                .path("items"))
        .hasSize(1);
    assertThat(
            town.await(
                    API + "/users/" + officer.userId() + "/encounter-count",
                    officer.token(),
                    body -> body.path("encounters").asLong() > 0)
                .path("encounters")
                .asLong())
        .isEqualTo(1);
  }

  @Test
  void twoOfficersScanningOneCodeAtOnceGiveExactlyOneConfirmedEncounter() throws Exception {
    Person civilian = town.join("civilian");
    Person first = town.join("officer");
    Person second = town.join("officer");
    String code = town.qrToken(civilian);
    List<Answer> answers =
        atOnce(() -> town.scan(first, code, key()), () -> town.scan(second, code, key()));
    assertThat(answers).filteredOn(Answer::isSuccess).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !answer.isSuccess())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.status()).isEqualTo(409);
              assertThat(refused.body().path("type").asText())
                  .isEqualTo("/problems/code-already-used");
            });
    assertThat(town.balance(civilian)).isEqualTo(10);
  }

  @Test
  void eightScansAtOnceOfOnePairPayOnceADay() throws Exception {
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    List<Callable<Answer>> scans = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String code = town.qrToken(civilian);
      scans.add(() -> town.scan(officer, code, key()));
    }
    List<Answer> answers = atOnce(scans);
    assertThat(answers).filteredOn(Answer::isSuccess).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> !answer.isSuccess())
        .allSatisfy(
            refused -> {
              assertThat(refused.status()).isEqualTo(422);
              assertThat(refused.body().path("type").asText()).isEqualTo("/problems/rule-forbids");
              assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
            });
    assertThat(town.balance(civilian)).isEqualTo(10);
    assertThat(town.balance(officer)).isEqualTo(10);
  }

  @Test
  void aRetryWithTheSameKeyGetsTheSameAnswer() {
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    String code = town.qrToken(civilian);
    String key = key();
    Answer first = town.scan(officer, code, key);
    Answer again = town.scan(officer, code, key);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.response().headers().firstValue("Idempotency-Replayed")).contains("true");
    assertThat(town.balance(officer)).isEqualTo(10);
  }

  @Test
  void anAlteredCodeIsRefused() {
    Person officer = town.join("officer");
    String code = town.qrToken(town.join("civilian"));
    char last = code.charAt(20);
    String altered = code.substring(0, 20) + (last == 'A' ? 'B' : 'A') + code.substring(21);
    Answer refused = town.scan(officer, altered, key());
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("type").asText()).isEqualTo("/problems/qr-invalid");
    assertThat(town.balance(officer)).isZero();
  }

  @Test
  void aUsedCodeIsRefusedEvenToTheOfficerWhoUsedIt() {
    Person officer = town.join("officer");
    String code = town.qrToken(town.join("civilian"));
    assertThat(town.scan(officer, code, key()).status()).isEqualTo(201);
    Answer refused = town.scan(officer, code, key());
    assertThat(refused.status()).isEqualTo(409);
    assertThat(town.balance(officer)).isEqualTo(10);
  }

  @Test
  void givingMovesPointsOncePerKeyAndNeverMoreThanThereAre() throws Exception {
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    Person charity = town.join("charity");
    town.scan(officer, town.qrToken(civilian), key()).orFail();
    String key = key();
    List<Callable<Answer>> gifts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      gifts.add(() -> town.give(civilian, "donation", charity.userId(), 6, key));
    }
    atOnce(gifts);
    assertThat(town.give(civilian, "donation", charity.userId(), 6, key).status()).isEqualTo(201);
    assertThat(town.balance(charity)).isEqualTo(6);
    Answer tooMuch = town.give(civilian, "donation", charity.userId(), 6, key());
    assertThat(tooMuch.status()).isEqualTo(422);
    assertThat(tooMuch.body().path("type").asText()).isEqualTo("/problems/insufficient-points");
    Answer otherBody = town.give(civilian, "donation", charity.userId(), 1, key);
    assertThat(otherBody.status()).isEqualTo(422);
    assertThat(otherBody.body().path("type").asText())
        .isEqualTo("/problems/idempotency-key-reused");
    assertThat(town.balance(civilian)).isEqualTo(4);
  }

  static String key() {
    return UUID.randomUUID().toString();
  }

  @SafeVarargs
  private static List<Answer> atOnce(Callable<Answer>... calls) throws Exception {
    return atOnce(List.of(calls));
  }

  static List<Answer> atOnce(List<Callable<Answer>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Answer> answers = new ArrayList<>();
      for (Future<Answer> answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
      return answers;
    }
  }
}
