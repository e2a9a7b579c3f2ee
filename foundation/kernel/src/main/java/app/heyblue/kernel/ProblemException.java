package app.heyblue.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal that the caller can understand and act on. Rooms throw named subclasses, or {@link
 * ProblemType#raise}; one place turns them into {@code application/problem+json}.
 */
public class ProblemException extends RuntimeException {
  private final transient ProblemType type;
  private final transient List<InputError> errors;
  private final transient Map<String, Object> extensions;
  private final transient @Nullable Duration retryAfter;

  /**
   * What is wrong with one place of the input.
   *
   * @param pointer a JSON pointer (RFC 6901) into the body, or the name of a parameter
   * @param detail what is wrong there and what is expected
   */
  public record InputError(String pointer, String detail) {}

  public ProblemException(ProblemType type, String detail) {
    this(type, detail, List.of(), Map.of(), null);
  }

  public ProblemException(
      ProblemType type,
      String detail,
      List<InputError> errors,
      Map<String, Object> extensions,
      @Nullable Duration retryAfter) {
    super(detail);
    this.type = type;
    this.errors = List.copyOf(errors);
    this.extensions = Map.copyOf(extensions);
    this.retryAfter = retryAfter;
  }

  /** Input that is well-formed but wrong in one place. */
  public static ProblemException invalid(String pointer, String detail) {
    return new ProblemException(
        CommonProblems.INVALID_INPUT,
        detail,
        List.of(new InputError(pointer, detail)),
        Map.of(),
        null);
  }

  public ProblemType type() {
    return type;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<InputError> errors() {
    return errors;
  }

  /** Further members of the problem document. */
  public Map<String, Object> extensions() {
    return extensions;
  }

  /** When it makes sense to try again; becomes {@code Retry-After}. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** Refusals are expected: they cost no stack trace. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
