package app.heyblue.onboarding.applications;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.Conclusion;
import app.heyblue.onboarding.domain.Finding;
import app.heyblue.onboarding.providers.Providers;
import app.heyblue.onboarding.validators.GuardRules;
import app.heyblue.onboarding.validators.GuardedValidator;
import app.heyblue.onboarding.validators.GuardedValidator.Answer;
import app.heyblue.onboarding.validators.IdValidator;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Asks all validators of a kind at once, each behind its guard. */
@ApplicationScoped
class Verification {
  private static final String NOBODY = "validators";

  private final Clock clock;
  private final List<GuardedValidator> validators;

  @Inject
  Verification(@All List<IdValidator> validators, Providers providers, Clock clock) {
    this(
        Stream.concat(validators.stream(), providers.all().stream()).toList(),
        GuardRules.USUAL,
        clock);
  }

  Verification(List<IdValidator> validators, GuardRules rules, Clock clock) {
    Executor threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("heyblue-validator-", 1).factory());
    this.clock = clock;
    this.validators =
        validators.stream()
            .map(validator -> new GuardedValidator(validator, rules, threads, clock))
            .toList();
    Set<String> names = new HashSet<>();
    this.validators.forEach(
        validator -> {
          if (!names.add(validator.name())) {
            throw new IllegalArgumentException("two validators are called " + validator.name());
          }
        });
  }

  List<GuardedValidator> validators() {
    return validators;
  }

  /** All of them together: whoever rejects, rejects; whoever can't decide, sends to review. */
  sealed interface Outcome {
    /** Of all that were asked, now or before. */
    List<Finding> findings();

    record Verified(List<Finding> findings) implements Outcome {}

    record Rejected(List<Finding> findings, String reason) implements Outcome {}

    record Undecided(List<Finding> findings) implements Outcome {}

    /** Nobody rejects, and somebody doesn't answer. */
    record Unavailable(List<Finding> findings) implements Outcome {}
  }

  /**
   * Asks who hasn't answered yet.
   *
   * @param known what was found before; who answered then isn't asked again
   */
  Outcome verify(Candidate candidate, List<Finding> known) {
    Map<String, Finding> answered =
        known.stream()
            .filter(finding -> finding.verdict() != Conclusion.UNAVAILABLE)
            .collect(Collectors.toMap(Finding::validator, Function.identity()));
    List<Finding> findings = new ArrayList<>();
    List<CompletableFuture<Answer>> asked = new ArrayList<>();
    for (GuardedValidator validator : validators) {
      if (validator.answersFor(candidate.kind())) {
        Finding before = answered.get(validator.name());
        if (before == null) {
          asked.add(validator.ask(candidate));
        } else {
          findings.add(before);
        }
      }
    }
    // The mailed code is all that a civilian needs; nobody else joins unseen.
    if (asked.isEmpty() && findings.isEmpty() && candidate.kind() != PartyKind.CIVILIAN) {
      findings.add(
          new Finding(
              NOBODY,
              Conclusion.UNDECIDED,
              "Nobody is configured who could verify this kind.",
              clock.instant(),
              0,
              0));
    }
    List<String> reasons = new ArrayList<>();
    for (CompletableFuture<Answer> answer : asked) {
      Answer given = answer.join();
      findings.add(given.finding());
      if (given.reason() != null) {
        reasons.add(given.reason());
      }
    }
    findings.sort(Comparator.comparing(Finding::validator));
    if (!reasons.isEmpty()) {
      return new Outcome.Rejected(findings, String.join(" ", reasons));
    }
    if (has(findings, Conclusion.UNAVAILABLE)) {
      return new Outcome.Unavailable(findings);
    }
    return has(findings, Conclusion.UNDECIDED)
        ? new Outcome.Undecided(findings)
        : new Outcome.Verified(findings);
  }

  private static boolean has(List<Finding> findings, Conclusion verdict) {
    return findings.stream().anyMatch(finding -> finding.verdict() == verdict);
  }
}
