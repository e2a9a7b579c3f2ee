package app.heyblue.security.identity;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.security.PasswordHash;
import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Argon2id (RFC 9106) with the parameters of the OWASP Password Storage Cheat Sheet: 19 MiB, two
 * passes, one lane. As many run at once as there are processors, so that memory stays bounded, and
 * {@value #QUEUE} wait; whoever comes then is told to come back.
 */
@ApplicationScoped
class Passwords {
  static final int MIN_LENGTH = 8;
  static final int MAX_LENGTH = 200;
  private static final int SALT = 16;
  static final int QUEUE = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

  // Of a password that nobody knows: checked where there is none, so that the time tells nothing.
  static final PasswordHash NOBODYS =
      new PasswordHash(
          "$argon2id$v=19$m=19456,t=2,p=1$sKB0SQuIxcQLxiDODWFBcg$"
              + "zQ/fxu17c6ahMDcIR4sl/HQG41ev+KAANs2qxmmZeF0");

  private final SecureRandom random;
  private final Semaphore running =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);
  private final BreachedPasswords breached;
  private final Argon2Function function;
  private final PasswordHash nobodys;

  @Inject
  Passwords(BreachedPasswords breached, SecureRandom random) {
    this(breached, random, ARGON2ID, NOBODYS);
  }

  Passwords(
      BreachedPasswords breached,
      SecureRandom random,
      Argon2Function function,
      PasswordHash nobodys) {
    this.breached = breached;
    this.random = random;
    this.function = function;
    this.nobodys = nobodys;
  }

  PasswordHash hash(String password, String email) {
    int length = password.codePointCount(0, password.length());
    if (length < MIN_LENGTH || length > MAX_LENGTH) {
      throw ProblemException.invalid(
          "/password", "A password has %d to %d characters.".formatted(MIN_LENGTH, MAX_LENGTH));
    }
    breached.refuse(password, email);
    byte[] salt = new byte[SALT];
    random.nextBytes(salt);
    return bounded(() -> new PasswordHash(function.hash(bytes(password), salt).getResult()));
  }

  /** Whether it is the password; does the same work where there is no hash. */
  boolean matches(String password, Optional<PasswordHash> hash) {
    String phc = hash.orElse(nobodys).phc();
    boolean same =
        bounded(
            () ->
                Argon2Function.getInstanceFromHash(phc)
                    .check(bytes(password), phc.getBytes(StandardCharsets.US_ASCII)));
    return same && hash.isPresent();
  }

  /** Does costly work, when it's its turn. */
  <T> T bounded(Supplier<T> work) {
    try {
      if (waiting() >= QUEUE || !running.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy();
    }
    try {
      return work.get();
    } finally {
      running.release();
    }
  }

  int waiting() {
    return running.getQueueLength();
  }

  private static ProblemException busy() {
    return new ProblemException(
        CommonProblems.UNAVAILABLE,
        "Too many people are signing in at this moment. Try again in some seconds.",
        List.of(),
        Map.of(),
        Duration.ofSeconds(5));
  }

  /** NFC, so that the same password typed on another keyboard is the same. */
  private static byte[] bytes(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC).getBytes(StandardCharsets.UTF_8);
  }
}
