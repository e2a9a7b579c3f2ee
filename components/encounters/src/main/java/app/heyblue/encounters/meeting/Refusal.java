package app.heyblue.encounters.meeting;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a meeting wasn't paid, kept so that every retry hears the same.
 *
 * @param extensions further members of the problem document, such as the rules' explanation
 * @param retryAt when another meeting may be paid, where that is known
 */
public record Refusal(
    ProblemType type, String detail, Map<String, Object> extensions, @Nullable Instant retryAt) {

  /** What a problem that scoring raised says. */
  public static Refusal of(ProblemException problem, Instant now) {
    return new Refusal(
        problem.type(),
        problem.detail(),
        problem.extensions(),
        problem.retryAfter().map(now::plus).orElse(null));
  }

  /** The problem again. */
  public ProblemException asProblem(Instant now) {
    Duration wait =
        retryAt == null || !retryAt.isAfter(now) ? null : Duration.between(now, retryAt);
    return new ProblemException(type, detail, List.of(), extensions, wait);
  }
}
