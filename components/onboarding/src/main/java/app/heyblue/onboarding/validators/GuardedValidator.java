package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.Conclusion;
import app.heyblue.onboarding.domain.Finding;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A validator behind a time limit, retries, a circuit breaker and a bulkhead, so that its faults
 * are its own: whoever asks it is answered in bounded time and holds no thread of it. A call that
 * ignores its interruption keeps its place in the bulkhead until it ends.
 */
public final class GuardedValidator {
  private static final Logger LOG = Logger.getLogger(GuardedValidator.class);
  private static final int DOUBLING = 2;

  private final IdValidator validator;
  private final Clock clock;
  private final TypedGuard<CompletionStage<Verdict>> guard;
  private volatile CircuitBreakerState circuit = CircuitBreakerState.CLOSED;

  public GuardedValidator(IdValidator validator, GuardRules rules, Executor threads, Clock clock) {
    this.validator = validator;
    this.clock = clock;
    this.guard =
        TypedGuard.create(new TypeLiteral<CompletionStage<Verdict>>() {})
            .withDescription(validator.name())
            .withBulkhead()
            .limit(rules.atOnce())
            .queueSize(rules.waiting())
            .done()
            .withCircuitBreaker()
            .requestVolumeThreshold(rules.opensAfter())
            .failureRatio(0.5)
            .delay(rules.opensFor().toMillis(), ChronoUnit.MILLIS)
            .successThreshold(1)
            .onStateChange(this::tell)
            .done()
            .withRetry()
            .maxRetries(rules.retries())
            .delay(rules.pause().toMillis(), ChronoUnit.MILLIS)
            .jitter(rules.pause().toMillis() / DOUBLING, ChronoUnit.MILLIS)
            .abortOn(CircuitBreakerOpenException.class)
            .withExponentialBackoff()
            .factor(DOUBLING)
            .done()
            .done()
            .withTimeout()
            .duration(validator.timeLimit().toMillis(), ChronoUnit.MILLIS)
            .done()
            .withThreadOffload(true)
            .withThreadOffloadExecutor(threads)
            .build();
  }

  /**
   * What came of asking.
   *
   * @param reason for the applicant, where it rejects
   */
  public record Answer(Finding finding, @Nullable String reason) {}

  public String name() {
    return validator.name();
  }

  public boolean answersFor(PartyKind kind) {
    return validator.kinds().contains(kind);
  }

  /** Asks; the future never fails, as a failure is an answer too. */
  public CompletableFuture<Answer> ask(Candidate candidate) {
    Instant at = clock.instant();
    long start = System.nanoTime();
    AtomicInteger attempts = new AtomicInteger();
    return call(candidate, attempts)
        .handle(
            (verdict, failure) -> {
              long took = Duration.ofNanos(System.nanoTime() - start).toMillis();
              return failure == null
                  ? answer(verdict, at, took, attempts.get())
                  : new Answer(
                      finding(Conclusion.UNAVAILABLE, excuse(failure), at, took, attempts.get()),
                      null);
            });
  }

  private CompletableFuture<Verdict> call(Candidate candidate, AtomicInteger attempts) {
    try {
      return guard
          .call(
              () -> {
                attempts.incrementAndGet();
                return CompletableFuture.completedFuture(validator.validate(candidate));
              })
          .toCompletableFuture();
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private Answer answer(Verdict verdict, Instant at, long took, int attempts) {
    return switch (verdict) {
      case Verdict.Verified(String text) ->
          new Answer(finding(Conclusion.VERIFIED, text, at, took, attempts), null);
      case Verdict.Rejected(String reason, String text) ->
          new Answer(finding(Conclusion.REJECTED, text, at, took, attempts), reason);
      case Verdict.Undecided(String text) ->
          new Answer(finding(Conclusion.UNDECIDED, text, at, took, attempts), null);
    };
  }

  private Finding finding(Conclusion conclusion, String text, Instant at, long took, int attempts) {
    return new Finding(validator.name(), conclusion, text, at, took, attempts);
  }

  private String excuse(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case TimeoutException late -> "It didn't answer in time.";
      case CircuitBreakerOpenException open -> "It failed lately, so it isn't asked right now.";
      case BulkheadException full -> "It is busy.";
      default -> {
        LOG.warnf("The validator \"%s\" failed: %s", validator.name(), cause.getClass().getName());
        yield "It failed.";
      }
    };
  }

  /** Whether it is asked: closed; not asked for a while: open; tried again: half open. */
  public CircuitBreakerState circuit() {
    return circuit;
  }

  private void tell(CircuitBreakerState state) {
    circuit = state;
    LOG.warnf(
        "The validator \"%s\" is %s",
        validator.name(),
        switch (state) {
          case OPEN -> "not asked for a while, since it fails";
          case HALF_OPEN -> "tried again";
          case CLOSED -> "well again";
        });
  }
}
