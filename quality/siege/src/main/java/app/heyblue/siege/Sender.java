package app.heyblue.siege;

import app.heyblue.testing.town.Answer;
import app.heyblue.testing.town.Api;
import app.heyblue.testing.town.NoAnswer;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Asks as a careful client does: with one key for one deed, again after a lost answer. */
final class Sender {
  private static final int PAUSE_MILLIS = 400;
  private static final int GIVES_UP_ONE_IN = 4;

  /** Refusals that are right: points run out, holds end, codes expire while the server is away. */
  private static final Set<String> EXPECTED =
      Set.of("insufficient-points", "hold-ended", "already-reversed", "qr-expired");

  private final Api api;
  private final Journal journal;
  private final Random random;

  Sender(Api api, Journal journal, Random random) {
    this.api = api;
    this.journal = journal;
    this.random = random;
  }

  /**
   * Has a deed done, whatever it takes.
   *
   * @param goOn whether to try once more
   */
  void settle(Deed deed, BooleanSupplier goOn) {
    journal.begin(deed);
    do {
      long askedAt = System.nanoTime();
      try {
        if (isFinal(deed, ask(deed), askedAt)) {
          return;
        }
      } catch (NoAnswer none) {
        if (none.isAsked()) {
          journal.lost.incrementAndGet();
          if (random.nextInt(GIVES_UP_ONE_IN) == 0) {
            journal.giveUp(deed);
            return; // a client whose battery is empty: it never asks again
          }
        }
        pause();
      }
    } while (goOn.getAsBoolean());
  }

  /**
   * One try.
   *
   * @throws NoAnswer where none came
   */
  Answer ask(Deed deed) {
    return api.post(deed.path(), deed.actor().token(), deed.body(), deed.key());
  }

  /** What needs no key, such as a fresh code; null where it didn't work. */
  @Nullable Answer tryOnce(Actor actor, String path, Object body) {
    String token = actor.token();
    try {
      Answer answer = api.post(path, token, body);
      if (answer.isSuccess()) {
        return answer;
      }
      handle(actor, token, path, answer);
    } catch (NoAnswer none) {
      if (none.isAsked()) {
        journal.lost.incrementAndGet();
      }
      pause();
    }
    return null;
  }

  private boolean isFinal(Deed deed, Answer answer, long askedAt) {
    if (answer.isSuccess()) {
      journal.acknowledge(deed, idOf(deed.kind(), answer), askedAt);
      return true;
    }
    if (EXPECTED.contains(answer.problem())) {
      journal.refuse(deed, answer.problem());
      return true;
    }
    return !handle(deed.actor(), deed.actor().token(), deed.path(), answer);
  }

  /** Whether it makes sense to try again. */
  private boolean handle(Actor actor, String token, String path, Answer answer) {
    switch (answer.status()) {
      case 401 -> renew(actor, token);
      case 503 -> {
        journal.unavailable.incrementAndGet();
        if (!answer.problem().equals("unavailable")
            || answer.headers().firstValue("Retry-After").isEmpty()) {
          journal.complain("a 503 that isn't clear: " + describe(path, answer));
        }
        pause();
      }
      case 429 -> pause();
      default -> {
        if (answer.problem().equals("idempotency-key-in-use")) {
          pause();
        } else {
          journal.complain(describe(path, answer));
          return false;
        }
      }
    }
    return true;
  }

  private void renew(Actor actor, String token) {
    try {
      actor.renew(token);
    } catch (NoAnswer | IllegalStateException e) {
      pause();
    }
  }

  private void pause() {
    LockSupport.parkNanos(
        Duration.ofMillis(PAUSE_MILLIS / 2 + random.nextInt(PAUSE_MILLIS)).toNanos());
  }

  static String idOf(Deed.Kind kind, Answer answer) {
    return answer.body().path(kind == Deed.Kind.SCAN ? "transactionId" : "id").asText();
  }

  private static String describe(String path, Answer answer) {
    return path + " answered " + answer.status() + " " + answer.body();
  }
}
