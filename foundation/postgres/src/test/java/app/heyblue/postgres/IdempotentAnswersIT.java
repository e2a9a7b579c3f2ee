package app.heyblue.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdempotentAnswersIT {
  private static final UserId ANN = UserId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final UserId BOB = UserId.parse("01890a5d-ac96-774b-bcce-b302099a8058");
  private static final IdempotentAnswers ANSWERS = new IdempotentAnswers("answers");
  private static final AtomicInteger KEYS = new AtomicInteger();

  @TempDir static Path home;

  @SuppressWarnings("NullAway.Init") // set by start
  private static EmbeddedPostgres postgres;

  @SuppressWarnings("NullAway.Init") // set by start
  private static Database database;

  private final IdempotencyKey key = new IdempotencyKey("key-" + KEYS.incrementAndGet());

  record Request(String what) {}

  record Answer(int number) {}

  @BeforeAll
  static void start() {
    postgres = Postgres.start(home);
    database = Postgres.database(postgres);
    database.useTransaction(
        tx ->
            tx.execute(
                """
                create schema answers;
                create table answers.idempotent_answer (
                  user_id uuid not null, key text not null, digest bytea not null,
                  answer jsonb not null, answered_at timestamptz not null default now(),
                  primary key (user_id, key))
                """));
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void theSameRequestGetsTheFirstAnswerAgain() {
    assertThat(answer(ANN, "tea", 1)).isEqualTo(new Answer(1));
    assertThat(answer(ANN, "tea", 2)).isEqualTo(new Answer(1));
  }

  @Test
  void anotherBodyUnderTheSameKeyIsRefused() {
    answer(ANN, "tea", 1);

    assertProblem(() -> answer(ANN, "coffee", 2), "idempotency-key-reused");
  }

  @Test
  void anotherPersonsEqualKeyIsAnotherKey() {
    answer(ANN, "tea", 1);

    assertThat(answer(BOB, "coffee", 2)).isEqualTo(new Answer(2));
  }

  @Test
  void aRequestBesideTheFirstIsToldToWait() {
    database.useTransaction(
        first -> {
          ANSWERS.claim(first, ANN, key, digest("tea"), Answer.class);

          assertProblem(() -> elsewhere(() -> answer(ANN, "tea", 2)), "idempotency-key-in-use");
          assertThat(elsewhere(() -> answer(BOB, "tea", 3))).isEqualTo(new Answer(3));
        });
    assertThat(answer(ANN, "tea", 4)).isEqualTo(new Answer(4));
  }

  @Test
  void whatWasRolledBackIsNotKept() {
    assertThatThrownBy(
            () ->
                database.useTransaction(
                    tx -> {
                      ANSWERS.claim(tx, ANN, key, digest("tea"), Answer.class);
                      ANSWERS.keep(tx, ANN, key, digest("tea"), new Answer(1));
                      throw new IllegalStateException("crash");
                    }))
        .hasMessage("crash");

    assertThat(answer(ANN, "tea", 2)).isEqualTo(new Answer(2));
  }

  private Answer answer(UserId user, String what, int number) {
    return database.inTransaction(
        tx -> {
          Optional<Answer> earlier = ANSWERS.claim(tx, user, key, digest(what), Answer.class);
          if (earlier.isPresent()) {
            return earlier.get();
          }
          ANSWERS.keep(tx, user, key, digest(what), new Answer(number));
          return new Answer(number);
        });
  }

  /** Another thread is another transaction. */
  private static Answer elsewhere(Callable<Answer> request) {
    try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor()) {
      return other.submit(request).get();
    } catch (ExecutionException e) {
      throw (RuntimeException) Objects.requireNonNull(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] digest(String what) {
    return IdempotentAnswers.digest(new Request(what));
  }

  private static void assertProblem(Runnable request, String slug) {
    assertThatThrownBy(request::run)
        .asInstanceOf(type(ProblemException.class))
        .extracting(problem -> problem.type().slug())
        .isEqualTo(slug);
  }
}
