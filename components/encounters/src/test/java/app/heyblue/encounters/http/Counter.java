package app.heyblue.encounters.http;

import app.heyblue.encounters.Street;
import app.heyblue.encounters.asking.Asking;
import app.heyblue.encounters.asking.Requests;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Where the people of a street make requests; everything that an answer says can be compared. */
final class Counter {
  private final Street street;
  private volatile Requests requests;

  Counter(Street street) {
    this.street = street;
    this.requests = Asking.on(street);
  }

  /** An answer as its caller sees it. */
  record Seen(int status, Map<String, String> headers, JsonNode body) {
    UUID id() {
      return UUID.fromString(body.path("id").asText());
    }

    String type() {
      return body.path("type").asText();
    }
  }

  /** The process ends and another one starts. */
  void restart() {
    requests = Asking.on(street);
  }

  Seen ask(UserId civilian, String officerRef) {
    RequestResource resource = new RequestResource(requests, as(civilian, PartyKind.CIVILIAN));
    return see(() -> resource.ask(new RequestResource.Wish(officerRef)));
  }

  Seen accept(UserId officer, UUID id) {
    RequestResource resource = new RequestResource(requests, as(officer, PartyKind.OFFICER));
    return see(() -> resource.accept(id));
  }

  Seen refuse(UserId officer, UUID id) {
    RequestResource resource = new RequestResource(requests, as(officer, PartyKind.OFFICER));
    return see(
        () -> {
          resource.refuse(id);
          return Response.noContent().build();
        });
  }

  Seen list(UserId party, PartyKind kind, int limit, @Nullable String after) {
    EncounterResource resource =
        new EncounterResource(
            street.scans(), requests, street.encounters, street.database, as(party, kind));
    return see(() -> Response.ok(resource.mine(new PageRequest(limit, after))).build());
  }

  Seen list(UserId party, PartyKind kind) {
    return list(party, kind, 50, null);
  }

  private static Seen see(Callable<Response> call) {
    try {
      Response answer = call.call();
      Map<String, String> headers = new TreeMap<>();
      answer.getStringHeaders().forEach((name, values) -> headers.put(name, values.toString()));
      return new Seen(answer.getStatus(), headers, json(answer.getEntity()));
    } catch (ProblemException problem) {
      Map<String, String> headers = new TreeMap<>();
      problem.retryAfter().ifPresent(wait -> headers.put("Retry-After", wait.toString()));
      return new Seen(
          problem.type().status(),
          headers,
          json(
              Map.of(
                  "type",
                  problem.type().slug(),
                  "detail",
                  problem.detail(),
                  "errors",
                  problem.errors(),
                  "extensions",
                  problem.extensions())));
    } catch (RuntimeException failure) {
      throw failure;
    } catch (Exception checked) {
      throw new AssertionError(checked);
    }
  }

  private static JsonNode json(@Nullable Object entity) {
    try {
      return Json.mapper().readTree(Json.mapper().writeValueAsString(entity));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private CurrentCaller as(UserId party, PartyKind kind) {
    Caller caller = new Caller(party, kind, party.value());
    return new CurrentCaller() {
      @Override
      public Optional<Caller> find() {
        return Optional.of(caller);
      }

      @Override
      public Caller get() {
        return caller;
      }

      @Override
      public void requireSelfOrAdmin(UserId other) {
        throw new UnsupportedOperationException();
      }

      @Override
      public void requireSelf(UserId other) {
        throw new UnsupportedOperationException();
      }
    };
  }

  /** What the people of a list are shown, by status. */
  static List<String> statuses(Seen list) {
    return list.body().path("items").valueStream().map(one -> one.path("status").asText()).toList();
  }
}
