package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import app.heyblue.security.House;
import app.heyblue.security.PasswordHash;
import com.password4j.Argon2Function;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
  private final Passwords passwords =
      new Passwords(new BreachedPasswords(House.config(Path.of("nowhere"))), new SecureRandom());

  @Test
  void aHashIsArgon2idInPhcFormWithTheRecommendedParameters() {
    PasswordHash hash = passwords.hash("correct horse", "ada@example.org");

    assertThat(hash.phc())
        .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    assertThat(hash.toString()).doesNotContain("argon2id");
    assertThat(passwords.hash("correct horse", "ada@example.org")).isNotEqualTo(hash);
  }

  @Test
  void onlyThePasswordMatches() {
    Optional<PasswordHash> hash = Optional.of(passwords.hash("pässwörd 🌷", "ada@example.org"));

    assertThat(passwords.matches("pässwörd 🌷", hash)).isTrue();
    assertThat(passwords.matches("pa\u0308sswo\u0308rd 🌷", hash)).isTrue();
    assertThat(passwords.matches("passwörd 🌷", hash)).isFalse();
    assertThat(passwords.matches("", hash)).isFalse();
  }

  @Test
  void agreesWithTheReferenceImplementation() {
    // From the test vectors of the reference C implementation (version 19, Argon2id).
    String phc =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
            + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(passwords.matches("password", Optional.of(new PasswordHash(phc)))).isTrue();
    assertThat(passwords.matches("Password", Optional.of(new PasswordHash(phc)))).isFalse();
  }

  @Test
  void nobodysPasswordCostsTheSameWorkAndNeverMatches() {
    Argon2Function nobodys = Argon2Function.getInstanceFromHash(Passwords.NOBODYS.phc());
    Argon2Function ours =
        Argon2Function.getInstanceFromHash(
            passwords.hash("correct horse", "ada@example.org").phc());

    assertThat(nobodys.getMemory()).isEqualTo(ours.getMemory());
    assertThat(nobodys.getIterations()).isEqualTo(ours.getIterations());
    assertThat(nobodys.getParallelism()).isEqualTo(ours.getParallelism());
    assertThat(nobodys.getOutputLength()).isEqualTo(ours.getOutputLength());
    assertThat(passwords.matches("correct horse", Optional.empty())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 201})
  void aPasswordHasEightToTwoHundredCharacters(int length) {
    assertThatThrownBy(() -> passwords.hash("🌷".repeat(length), "ada@example.org"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type().slug()).isEqualTo("invalid-input");
              assertThat(problem.errors().getFirst().pointer()).isEqualTo("/password");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 200})
  void countsCharactersNotBytes(int length) {
    assertThat(passwords.hash("🌷".repeat(length), "ada@example.org").phc())
        .startsWith("$argon2id$");
  }

  @Test
  void beyondTheQueuePeopleAreToldToComeBack() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    int running = Math.max(2, Runtime.getRuntime().availableProcessors());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < running + Passwords.QUEUE; i++) {
        threads.execute(
            () ->
                passwords.bounded(
                    () -> {
                      try {
                        return open.await(4, TimeUnit.SECONDS);
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                    }));
      }
      while (passwords.waiting() < Passwords.QUEUE) {
        Thread.onSpinWait();
      }
      assertThatThrownBy(() -> passwords.hash("correct horse", "ada@example.org"))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> {
                assertThat(problem.type().status()).isEqualTo(503);
                assertThat(problem.retryAfter()).isPresent();
              });
      open.countDown();
    }
  }
}
