package app.heyblue.onboarding.applications;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.validators.IdValidator;
import app.heyblue.onboarding.validators.Verdict;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Asks all validators of a kind at once, each within its time. */
@ApplicationScoped
class Verification {
  private static final Logger LOG = Logger.getLogger(Verification.class);

  private final List<IdValidator> validators;

  Verification(@All List<IdValidator> validators) {
    this.validators = List.copyOf(validators);
  }

  /** All of them together: whoever rejects, rejects; whoever can't decide, sends to review. */
  sealed interface Outcome {
    record Verified() implements Outcome {}

    record Rejected(String reason) implements Outcome {}

    record Undecided(List<String> findings) implements Outcome {}
  }

  Outcome verify(Candidate candidate) {
    List<IdValidator> asked =
        validators.stream()
            .filter(validator -> validator.kinds().contains(candidate.kind()))
            .toList();
    // The mailed code is all that a civilian needs; nobody else joins unseen.
    if (asked.isEmpty() && candidate.kind() != PartyKind.CIVILIAN) {
      return new Outcome.Undecided(List.of("Nobody is configured who could verify this kind."));
    }
    List<String> findings = new ArrayList<>();
    for (Verdict verdict : verdicts(asked, candidate)) {
      switch (verdict) {
        case Verdict.Verified() -> {}
        case Verdict.Rejected(String reason) -> {
          return new Outcome.Rejected(reason);
        }
        case Verdict.Undecided(String finding) -> findings.add(finding);
      }
    }
    return findings.isEmpty() ? new Outcome.Verified() : new Outcome.Undecided(findings);
  }

  private static List<Verdict> verdicts(List<IdValidator> asked, Candidate candidate) {
    Map<IdValidator, Future<Verdict>> answers = new LinkedHashMap<>();
    // Not closed, as closing would wait for a validator that doesn't heed its interruption.
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      long start = System.nanoTime();
      for (IdValidator validator : asked) {
        answers.put(validator, threads.submit(() -> validator.validate(candidate)));
      }
      List<Verdict> verdicts = new ArrayList<>();
      answers.forEach(
          (validator, answer) -> verdicts.add(await(validator, answer, System.nanoTime() - start)));
      return verdicts;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Verdict await(IdValidator validator, Future<Verdict> answer, long nanosGone) {
    try {
      return answer.get(
          Math.max(0, validator.timeLimit().toNanos() - nanosGone), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      LOG.warnf(
          "The validator \"%s\" took longer than %s", validator.name(), validator.timeLimit());
      return new Verdict.Undecided("The " + validator.name() + " didn't answer in time.");
    } catch (ExecutionException e) {
      LOG.warnf(e.getCause(), "The validator \"%s\" failed", validator.name());
      return new Verdict.Undecided("The " + validator.name() + " failed.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while verifying", e);
    }
  }
}
