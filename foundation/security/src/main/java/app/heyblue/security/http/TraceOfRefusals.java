package app.heyblue.security.http;

import app.heyblue.kernel.Unrecorded;
import app.heyblue.kernel.Uuids;
import app.heyblue.security.audit.RefusalLog;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Leaves a record of each writing request that was refused, or left none by itself: the method, the
 * operation's path template, the id in the path and the status, and of what was done the names in
 * the path; never a query or a body. Some leave nothing: see {@link Unrecorded}.
 */
class TraceOfRefusals {
  private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final String API = "/api/v1/";
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z.-]{0,59}");
  private final HttpRequestAtHand request;
  private final RefusalLog refusals;

  TraceOfRefusals(HttpRequestAtHand request, RefusalLog refusals) {
    this.request = request;
    this.refusals = refusals;
  }

  @ServerResponseFilter
  void leave(
      ContainerRequestContext asked, ContainerResponseContext answer, ResourceInfo operation) {
    if (!WRITING.contains(asked.getMethod()) || (answer.getStatus() < 400 && request.hasRecord())) {
      return;
    }
    String template = PathTemplate.of(operation);
    if (!template.startsWith(API) || Unrecorded.covers(template)) {
      return;
    }
    request
        .find()
        .ifPresent(
            origin ->
                refusals.add(
                    origin,
                    asked.getMethod() + " " + template,
                    subject(asked).orElse(null),
                    answer.getStatus(),
                    answer.getStatus() < 400 ? names(asked) : Map.of()));
  }

  private static Optional<String> subject(ContainerRequestContext asked) {
    return asked.getUriInfo().getPathParameters().values().stream()
        .flatMap(List::stream)
        .filter(TraceOfRefusals::isId)
        .findFirst();
  }

  /** What else the path named, where the server knew it: a stream, a consumer. */
  private static Map<String, String> names(ContainerRequestContext asked) {
    Map<String, String> names = new TreeMap<>();
    asked
        .getUriInfo()
        .getPathParameters()
        .forEach(
            (name, values) ->
                values.stream()
                    .filter(value -> NAME.matcher(value).matches())
                    .forEach(value -> names.put(name, value)));
    return names;
  }

  private static boolean isId(String text) {
    try {
      return Uuids.parse(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
