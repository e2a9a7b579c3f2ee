package app.heyblue.scenarios;

import app.heyblue.scenarios.FuzzContract.Operation;
import app.heyblue.scenarios.FuzzContract.Parameter;
import app.heyblue.scenarios.Operations.Role;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a run of the fuzzer sends: to every operation, as everybody, with each hostile thing. */
final class FuzzRequests {
  private static final String HERE = "@@here@@";
  private static final List<String> OTHER_METHODS =
      List.of("HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "POST", "GET", "FOO", "get");
  private static final List<String> ODD_TARGETS =
      List.of(
          "/",
          "//",
          "/.",
          "/..",
          "/../../etc/passwd",
          "/%2e%2e/%2e%2e/etc/passwd",
          "/docs/..%2f..%2fapplication.properties",
          "/docs/%00",
          "/docs/" + "a/".repeat(3_000),
          "/openapi?format=%00",
          "/openapi?format=xml",
          "/health/%zz",
          "/metrics/a",
          "/q/dev",
          "/q/health",
          "/problems/%c0%af",
          "/problems/..;/a",
          "/api/v1/%zz",
          "/api/v1/%00",
          "/api/v1/me%2f",
          "/api/v1/me/",
          "/api/v1//me",
          "/api/v1/./me",
          "/api/v1/me?%zz=%zz",
          "/api/v1/me?" + "a=b&".repeat(3_000),
          "/api/v1/me?=&&;;=",
          "/api/v1/\u00ff",
          "/api/v1/me#a",
          "http://evil.example/api/v1/me",
          "*",
          "me",
          "");

  private final FuzzContract contract;
  private final RandomGenerator random;

  FuzzRequests(FuzzContract contract, RandomGenerator random) {
    this.contract = contract;
    this.random = random;
  }

  /** Something hostile, and how a request with it is made. */
  record Case(Operation operation, @Nullable Role role, String what, Maker maker) {}

  /** Makes a case's request when it is its turn. */
  interface Maker {
    Request make();
  }

  /**
   * A request; characters are bytes.
   *
   * @param body null where there is none
   */
  record Request(String method, String target, Map<String, String> headers, @Nullable String body) {
    byte[] bytes(@Nullable String token) {
      StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.putIfAbsent("Host", "localhost");
      if (token != null) {
        all.putIfAbsent("Authorization", "Bearer " + token);
      }
      if (body != null) {
        all.put("Content-Length", String.valueOf(body.length()));
      }
      all.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
      return (head + "\r\n" + (body == null ? "" : body)).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
      String text = method + " " + target + " " + headers + " " + body;
      return HostileValues.bytes(text.length() < 600 ? text : text.substring(0, 600) + "…");
    }
  }

  /** What must run whatever the time: each operation as everybody, and by other methods. */
  List<Case> first() {
    List<Case> cases = new ArrayList<>();
    for (Operation operation : contract.operations()) {
      for (int i = 0; i < 2; i++) {
        cases.add(acceptable(operation, null));
        for (Role role : Role.values()) {
          cases.add(acceptable(operation, role));
        }
      }
      for (String method : OTHER_METHODS) {
        cases.add(
            new Case(
                operation,
                anyRole(operation),
                "the method " + method,
                () ->
                    new Request(
                        method,
                        contract.target(operation, Map.of(), random),
                        headers(operation),
                        null)));
      }
    }
    shuffle(cases);
    return cases;
  }

  private Case acceptable(Operation operation, @Nullable Role role) {
    return new Case(operation, role, "nothing", () -> request(operation, Map.of(), Map.of(), null));
  }

  /** Each hostile thing at each place, in a random order. */
  List<Case> hostile() {
    List<Case> cases = new ArrayList<>();
    List<String> inAddress = HostileValues.inAddress(random);
    List<String> inJson = HostileValues.inJson(random);
    List<String> bodies = HostileValues.bodies();
    for (Operation operation : contract.operations()) {
      for (Parameter parameter : operation.parameters()) {
        if (!parameter.in().equals("header")) {
          inAddress.forEach(
              value ->
                  add(
                      cases,
                      operation,
                      parameter.name() + " " + value,
                      Map.of(parameter.name(), value)));
        }
      }
      HostileValues.HEADERS.forEach(
          (name, values) ->
              values.forEach(
                  value ->
                      cases.add(
                          new Case(
                              operation,
                              anyRole(operation),
                              name + " " + value,
                              () -> request(operation, Map.of(), Map.of(name, value), null)))));
      operation
          .bodies()
          .forEach(
              (type, schema) -> {
                bodies.forEach(body -> addBody(cases, operation, type, "the body", () -> body));
                if (!type.contains("json")) {
                  return;
                }
                for (JsonPointer place : places(contract.sample(schema, "", random))) {
                  addBody(cases, operation, type, "no " + place, () -> body(schema, place, null));
                  inJson.forEach(
                      value ->
                          addBody(
                              cases,
                              operation,
                              type,
                              "at " + place,
                              () -> body(schema, place, value)));
                }
              });
    }
    for (String target : ODD_TARGETS) {
      for (String method : List.of("GET", "POST", "HEAD", "OPTIONS", "DELETE")) {
        Operation any = contract.operations().getFirst();
        cases.add(new Case(any, null, target, () -> new Request(method, target, Map.of(), null)));
      }
    }
    shuffle(cases);
    return cases;
  }

  private void add(List<Case> cases, Operation operation, String what, Map<String, String> given) {
    cases.add(
        new Case(
            operation, anyRole(operation), what, () -> request(operation, given, Map.of(), null)));
  }

  private void addBody(
      List<Case> cases,
      Operation operation,
      String type,
      String what,
      java.util.function.Supplier<String> body) {
    cases.add(
        new Case(
            operation,
            anyRole(operation),
            what,
            () ->
                new Request(
                    operation.method(),
                    contract.target(operation, Map.of(), random),
                    with(
                        headers(operation),
                        "Content-Type",
                        type.startsWith("m") ? type + "; boundary=x" : type),
                    body.get())));
  }

  /** Mostly somebody who may. */
  private @Nullable Role anyRole(Operation operation) {
    Operations.Expectation expectation = Operations.table().get(operation.toString());
    List<Role> roles =
        expectation == null || expectation.isPublic() || random.nextInt(10) == 0
            ? List.of(Role.values())
            : List.copyOf(expectation.roles());
    return random.nextInt(20) == 0 ? null : roles.get(random.nextInt(roles.size()));
  }

  private Request request(
      Operation operation,
      Map<String, String> given,
      Map<String, String> hostileHeaders,
      @Nullable String noBody) {
    Map<String, String> headers = headers(operation);
    String body = noBody;
    for (Map.Entry<String, JsonNode> type : operation.bodies().entrySet()) {
      if (type.getKey().contains("json")) {
        headers.put("Content-Type", type.getKey());
        body = HostileValues.bytes(contract.sample(type.getValue(), "", random).toString());
      } else if (body == null) {
        headers.put("Content-Type", type.getKey() + "; boundary=x");
        body =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\na,b\r\n--x--\r\n";
      }
    }
    hostileHeaders.forEach((name, value) -> with(headers, name, value));
    return new Request(
        operation.method(), contract.target(operation, given, random), headers, body);
  }

  private Map<String, String> headers(Operation operation) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("X-Fuzz", UUID.randomUUID().toString());
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in().equals("header")) {
        headers.put(parameter.name(), contract.inParameter(operation, parameter, random));
      }
    }
    return headers;
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    headers.keySet().removeIf(name::equalsIgnoreCase);
    headers.put(name, value);
    return headers;
  }

  private String body(JsonNode schema, JsonPointer place, @Nullable String value) {
    JsonNode sample = contract.sample(schema, "", random);
    if (place.matches()) {
      return value == null ? "" : value;
    }
    JsonNode parent = sample.at(place.head());
    String name = place.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      object.remove(name);
      if (value != null) {
        object.put(name, HERE);
      }
    } else if (parent instanceof ArrayNode array && value != null) {
      array.add(HERE);
    }
    return HostileValues.bytes(sample.toString())
        .replace("\"" + HERE + "\"", value == null ? "" : value);
  }

  private static List<JsonPointer> places(JsonNode node) {
    List<JsonPointer> places = new ArrayList<>();
    places(node, JsonPointer.empty(), places);
    return places;
  }

  private static void places(JsonNode node, JsonPointer here, List<JsonPointer> places) {
    places.add(here);
    node.properties()
        .forEach(field -> places(field.getValue(), here.appendProperty(field.getKey()), places));
    if (node.isArray() && !node.isEmpty()) {
      places(node.path(0), here.appendIndex(0), places);
    }
  }

  private void shuffle(List<Case> cases) {
    Collections.shuffle(cases, new Random(random.nextLong()));
  }
}
