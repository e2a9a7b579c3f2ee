package app.heyblue.kernel.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a refusal into its answer, {@code application/problem+json} (RFC 9457). */
final class ProblemDocument {
  static final MediaType TYPE = new MediaType("application", "problem+json");

  private ProblemDocument() {}

  static Response of(ProblemException problem) {
    Map<String, Object> document = members(problem.type(), problem.detail());
    if (!problem.errors().isEmpty()) {
      document.put("errors", problem.errors());
    }
    document.putAll(problem.extensions());
    Response.ResponseBuilder answer = answer(problem.type(), document);
    problem.retryAfter().ifPresent(wait -> answer.header("Retry-After", seconds(wait)));
    return answer.build();
  }

  static Response of(ProblemType type, String detail) {
    return answer(type, members(type, detail)).build();
  }

  static Response invalid(List<ProblemException.InputError> errors) {
    ProblemType type = CommonProblems.INVALID_INPUT;
    Map<String, Object> document =
        members(
            type,
            errors.size() == 1
                ? errors.getFirst().pointer() + ": " + errors.getFirst().detail()
                : errors.size() + " values are not acceptable; see `errors`.");
    document.put("errors", errors);
    return answer(type, document).build();
  }

  private static Response.ResponseBuilder answer(ProblemType type, Map<String, Object> document) {
    Response.ResponseBuilder answer =
        Response.status(type.status())
            .type(TYPE)
            .entity(document)
            .header("Cache-Control", "no-store");
    if (type.status() == 401) {
      answer.header("WWW-Authenticate", "Bearer");
    }
    if (type.status() == 503) {
      answer.header("Retry-After", 5);
    }
    return answer;
  }

  private static Map<String, Object> members(ProblemType type, String detail) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "/problems/" + type.slug());
    members.put("title", type.title());
    members.put("status", type.status());
    members.put("detail", detail);
    return members;
  }

  private static long seconds(Duration wait) {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
