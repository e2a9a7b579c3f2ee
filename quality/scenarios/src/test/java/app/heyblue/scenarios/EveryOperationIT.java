package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.Operations.Expectation;
import app.heyblue.scenarios.Operations.Role;
import app.heyblue.scenarios.Townspeople.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** For every operation of the OpenAPI document: what must be refused is, and as a problem. */
class EveryOperationIT {
  private static final RunningServer SERVER = RunningServer.shared();
  private static final Townspeople TOWN = new Townspeople(SERVER.api());
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String NOBODYS = "01900000-0000-7000-8000-000000000000";
  private static final String SHIPPED_RULE = "00000000-0000-7000-8000-000000000106";
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  // Their records would tell where officers are.
  private static final Set<String> UNRECORDED =
      Set.of(
          "/sharing",
          "/positions",
          "/nearby",
          "/encounters",
          "/encounters/{id}/acceptance",
          "/encounters/{id}/refusal");
  private static final Map<String, JsonNode> OPERATIONS = new TreeMap<>();
  private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);
  private static final Map<Role, String> STRANGERS = new EnumMap<>(Role.class);
  private static String transactionOfOthers = "";

  @BeforeAll
  static void meetTheTown() throws Exception {
    HttpResponse<String> document =
        HTTP.send(
            HttpRequest.newBuilder(SERVER.address().resolve("/openapi?format=json")).build(),
            BodyHandlers.ofString());
    Json.mapper()
        .readTree(document.body())
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation -> {
                          if (METHODS.contains(operation.getKey())) {
                            OPERATIONS.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation.getValue());
                          }
                        }));
    for (Role role : Role.values()) {
      TOKENS.put(role, TOWN.demoToken(role.name().toLowerCase(Locale.ROOT)));
    }
    Person civilian = TOWN.join("civilian");
    Person officer = TOWN.join("officer");
    STRANGERS.put(Role.CIVILIAN, civilian.userId());
    STRANGERS.put(Role.OFFICER, officer.userId());
    STRANGERS.put(Role.CHARITY, TOWN.join("charity").userId());
    transactionOfOthers =
        TOWN.scan(officer, TOWN.qrToken(civilian), key())
            .orFail()
            .body()
            .path("transactionId")
            .asText();
  }

  @Test
  void everyOperationOfTheOpenApiDocumentHasItsCases() {
    assertThat(OPERATIONS).isNotEmpty();
    assertThat(Operations.table().keySet())
        .containsExactlyInAnyOrderElementsOf(OPERATIONS.keySet());
  }

  @TestFactory
  Stream<DynamicTest> withoutATokenItIsRefused() {
    return cases(
        (operation, expectation) -> !expectation.isPublic(),
        (operation, expectation) ->
            requireProblem(send(operation, path(operation), null, sample(operation)), 401));
  }

  @TestFactory
  Stream<DynamicTest> withAnAlteredTokenItIsRefused() {
    return cases(
        (operation, expectation) -> !expectation.isPublic(),
        (operation, expectation) -> {
          String token = tokenOf(expectation.roles().iterator().next());
          String altered =
              token.substring(0, token.length() - 12)
                  + new StringBuilder(token.substring(token.length() - 12)).reverse();
          requireProblem(send(operation, path(operation), altered, sample(operation)), 401);
        });
  }

  @TestFactory
  Stream<DynamicTest> theWrongRoleIsRefused() {
    return cases(
        (operation, expectation) ->
            !expectation.isPublic() && expectation.roles().size() < Role.values().length,
        (operation, expectation) -> {
          for (Role role : Role.values()) {
            if (!expectation.roles().contains(role)) {
              requireProblem(
                  send(operation, path(operation), tokenOf(role), sample(operation)), 403);
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> someoneElsesIsRefused() {
    Operations.Others others =
        new Operations.Others() {
          @Override
          public String stranger(Role kind) {
            return STRANGERS.getOrDefault(kind, NOBODYS);
          }

          @Override
          public String transaction() {
            return transactionOfOthers;
          }
        };
    return cases(
        (operation, expectation) -> expectation.others() != null,
        (operation, expectation) -> {
          if (expectation.others() != null && expectation.as() != null) {
            HttpResponse<String> answer =
                send(
                    operation,
                    expectation.others().apply(others),
                    tokenOf(expectation.as()),
                    sample(operation));
            assertThat(answer.statusCode()).as(answer.body()).isIn(403, 404);
            requireProblem(answer, answer.statusCode());
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> malformedJsonIsRefused() {
    return bodyCases("{\"name\": ", 400);
  }

  @TestFactory
  Stream<DynamicTest> anotherShapeOfJsonIsRefused() {
    return bodyCases("[[1], \"x\"]", 400);
  }

  @TestFactory
  Stream<DynamicTest> anUnknownFieldIsRefused() {
    return bodyCases("{\"surprise\\u0000\": {\"deep\": [1e999]}}", 400);
  }

  @TestFactory
  Stream<DynamicTest> aBodyTooLargeIsRefused() {
    return bodyCases("{\"name\": \"" + "x".repeat(400_000) + "\"}", 413);
  }

  @TestFactory
  Stream<DynamicTest> anotherMediaTypeIsRefused() {
    return cases(
        (operation, expectation) -> jsonType(operation) != null,
        (operation, expectation) -> {
          HttpResponse<String> answer =
              send(operation, path(operation), token(expectation), "text/csv", "a,b");
          // Where the body may be missing, so may its type; what isn't JSON is malformed there.
          boolean optional =
              !OPERATIONS
                  .getOrDefault(operation, Json.mapper().nullNode())
                  .path("requestBody")
                  .path("required")
                  .asBoolean();
          assertThat(answer.statusCode()).isIn(optional ? List.of(400, 415) : List.of(415));
          requireProblem(answer, answer.statusCode());
        });
  }

  @TestFactory
  Stream<DynamicTest> aRefusedChangeLeavesARecord() {
    return cases(
        (operation, expectation) ->
            !operation.startsWith("GET ") && UNRECORDED.stream().noneMatch(operation::endsWith),
        (operation, expectation) -> {
          HttpResponse<String> refused =
              send(
                  operation,
                  path(operation),
                  null,
                  Objects.requireNonNullElse(jsonType(operation), "text/plain"),
                  expectation.isPublic() ? "[[1], \"x\"]" : sample(operation));
          assertThat(refused.statusCode()).isIn(400, 401, 404, 415);
          assertThat(records(operation, "outcome=" + refused.statusCode()))
              .as("records of %s, answered by %d", operation, refused.statusCode())
              .isPositive();
        });
  }

  @TestFactory
  Stream<DynamicTest> whatTheTownDidLeftItsRecords() {
    return Stream.of(
            "application.submitted",
            "application.confirmed",
            "identity.enabled",
            "account.opened",
            "session.opened",
            "encounter.scanned",
            "encounter.confirmed",
            "transaction.recorded",
            "rule.shipped")
        .map(
            action ->
                dynamicTest(
                    action, () -> assertThat(records(action, "outcome=done")).isPositive()));
  }

  private static int records(String action, String filter) {
    return TOWN.get(
            Townspeople.API
                + "/audit?limit=1&action="
                + URLEncoder.encode(action, StandardCharsets.UTF_8)
                + "&"
                + filter,
            tokenOf(Role.ADMIN))
        .orFail()
        .body()
        .path("items")
        .size();
  }

  private Stream<DynamicTest> bodyCases(String body, int status) {
    return cases(
        (operation, expectation) -> jsonType(operation) != null,
        (operation, expectation) ->
            requireProblem(
                send(
                    operation,
                    path(operation),
                    token(expectation),
                    String.valueOf(jsonType(operation)),
                    body),
                status));
  }

  private interface Filter {
    boolean takes(String operation, Expectation expectation);
  }

  private interface Check {
    void run(String operation, Expectation expectation) throws Exception;
  }

  private static Stream<DynamicTest> cases(Filter filter, Check check) {
    List<DynamicTest> tests = new ArrayList<>();
    Operations.table()
        .forEach(
            (operation, expectation) -> {
              if (OPERATIONS.containsKey(operation) && filter.takes(operation, expectation)) {
                tests.add(dynamicTest(operation, () -> check.run(operation, expectation)));
              }
            });
    assertThat(tests).isNotEmpty();
    return tests.stream();
  }

  private static void requireProblem(HttpResponse<String> answer, int status) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = Json.mapper().readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("detail").asText()).isNotBlank();
    assertThat(TOWN.get(problem.path("type").asText(), null).status()).isEqualTo(200);
  }

  private static String tokenOf(Role role) {
    return TOKENS.getOrDefault(role, "");
  }

  private static @Nullable String token(Expectation expectation) {
    return expectation.isPublic() ? null : tokenOf(expectation.roles().iterator().next());
  }

  private static String path(String operation) {
    return operation
        .substring(operation.indexOf(' ') + 1)
        .replace("{stream}", "users")
        .replace("/rules/{id}", "/rules/" + SHIPPED_RULE)
        .replace("{consumer}", "users.profiles")
        .replace("{slug}", "not-found")
        .replace("{ein}", "970001000")
        .replaceAll("\\{(id|userId)}", NOBODYS);
  }

  private static @Nullable String jsonType(String operation) {
    for (Map.Entry<String, JsonNode> type :
        OPERATIONS
            .getOrDefault(operation, Json.mapper().nullNode())
            .path("requestBody")
            .path("content")
            .properties()) {
      if (type.getKey().contains("json")) {
        return type.getKey();
      }
    }
    return null;
  }

  private static @Nullable String sample(String operation) {
    return jsonType(operation) == null ? null : "{}";
  }

  private static HttpResponse<String> send(
      String operation, String path, @Nullable String token, @Nullable String body)
      throws IOException, InterruptedException {
    return send(operation, path, token, String.valueOf(jsonType(operation)), body);
  }

  private static HttpResponse<String> send(
      String operation, String path, @Nullable String token, String type, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(SERVER.address().resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Idempotency-Key", key())
            .header("If-Match", "*")
            .method(
                operation.substring(0, operation.indexOf(' ')),
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", type);
    }
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
