package app.heyblue.security.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemType;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;

/**
 * What the framework refuses before it has found an operation, such as a broken escape in an
 * address, as a problem document like everything else.
 */
@ApplicationScoped
class UnroutedFailures {
  private static final Map<Integer, ProblemType> TYPES =
      Map.of(
          400, CommonProblems.MALFORMED,
          404, CommonProblems.NOT_FOUND,
          405, CommonProblems.METHOD_NOT_ALLOWED,
          413, CommonProblems.TOO_LARGE,
          414, CommonProblems.ADDRESS_TOO_LONG,
          415, CommonProblems.UNSUPPORTED_MEDIA_TYPE,
          503, CommonProblems.UNAVAILABLE);

  void register(@Observes Router router) {
    TYPES.keySet().forEach(status -> router.errorHandler(status, UnroutedFailures::answer));
    router.route().order(Integer.MIN_VALUE).failureHandler(UnroutedFailures::answerOrPassOn);
  }

  private static void answerOrPassOn(RoutingContext request) {
    if (TYPES.containsKey(request.statusCode())) {
      answer(request);
    } else {
      request.next();
    }
  }

  private static void answer(RoutingContext request) {
    if (!request.response().ended() && !request.response().headWritten()) {
      ProblemType type = TYPES.getOrDefault(request.statusCode(), CommonProblems.MALFORMED);
      String detail =
          type.equals(CommonProblems.TOO_LARGE) ? RequestBodies.TOO_LARGE : type.explanation();
      Refusals.send(request.response(), type, detail);
    }
  }
}
