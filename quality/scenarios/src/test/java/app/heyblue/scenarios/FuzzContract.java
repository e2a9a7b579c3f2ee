package app.heyblue.scenarios;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations of an OpenAPI document, and acceptable values for them: those that its schemas
 * allow, and ids that the server itself gave in earlier answers.
 */
final class FuzzContract {
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final int MOST_KNOWN = 100;
  private static final Pattern VARIABLE = Pattern.compile("\\{(\\w+)}");
  private final JsonNode document;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, List<String>> known = new ConcurrentHashMap<>();

  record Parameter(String in, String name, JsonNode schema) {}

  /**
   * An operation.
   *
   * @param bodies its bodies' schemas by media type; empty where it has none
   */
  record Operation(
      String method, String template, List<Parameter> parameters, Map<String, JsonNode> bodies) {
    @Override
    public String toString() {
      return method + " " + template;
    }
  }

  FuzzContract(JsonNode document) {
    this.document = document;
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue().properties().stream()
                    .filter(entry -> METHODS.contains(entry.getKey()))
                    .forEach(entry -> add(entry.getKey(), path.getKey(), entry.getValue())));
  }

  private void add(String method, String template, JsonNode operation) {
    List<Parameter> parameters = new ArrayList<>();
    operation
        .path("parameters")
        .forEach(
            parameter ->
                parameters.add(
                    new Parameter(
                        parameter.path("in").asText(),
                        parameter.path("name").asText(),
                        parameter.path("schema"))));
    Map<String, JsonNode> bodies = new ConcurrentHashMap<>();
    operation
        .path("requestBody")
        .path("content")
        .properties()
        .forEach(type -> bodies.put(type.getKey(), type.getValue().path("schema")));
    operations.add(
        new Operation(method.toUpperCase(Locale.ROOT), template, List.copyOf(parameters), bodies));
  }

  List<Operation> operations() {
    return operations;
  }

  /** Keeps the ids of an answer for later requests. */
  void learn(Operation operation, String answer) {
    try {
      JsonNode body = Json.mapper().readTree(answer);
      remember(operation.template() + " next", body.path("next").asText(""));
      body.path("items").forEach(item -> learn(operation, item));
      learn(operation, body);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      // Exports are lines; nothing is learned from them.
    }
  }

  private void learn(Operation operation, JsonNode item) {
    item.properties()
        .forEach(
            field -> {
              String text = field.getValue().asText("");
              remember(field.getKey(), text);
              if (field.getKey().equals("id")) {
                remember(operation.template(), text);
              }
            });
  }

  void remember(String name, String value) {
    List<String> values = known.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
    // What ships is left as it is, so that others have something to work with.
    if (!value.isEmpty()
        && value.length() <= 2_000
        && !value.startsWith("00000000-")
        && !values.contains(value)) {
      if (values.size() >= MOST_KNOWN) {
        values.removeFirst();
      }
      values.add(value);
    }
  }

  /** Something that the server gave under a name, or else nobody's id. */
  private String recall(String name, RandomGenerator random) {
    List<String> values = List.copyOf(known.getOrDefault(name, List.of()));
    return values.isEmpty()
        ? new UUID(random.nextLong() & ~0xF000L | 0x7000L, random.nextLong() >>> 2 | 1L << 63)
            .toString()
        : values.get(random.nextInt(values.size()));
  }

  /** The value of a path's variable. */
  String inPath(Operation operation, String name, RandomGenerator random) {
    return switch (name) {
      case "stream" -> random.nextBoolean() ? "users" : "transactions";
      case "consumer" ->
          List.of("users.profiles", "users.activity", "scoring.chain", "rules.history")
              .get(random.nextInt(4));
      case "slug" -> "not-found";
      case "ein" -> recall("ein", random);
      case "userId" -> recall("userId", random);
      default ->
          operation.template().startsWith("/api/v1/users/")
              ? recall("userId", random)
              : recall(
                  operation
                      .template()
                      .substring(0, operation.template().indexOf("/{" + name + "}")),
                  random);
    };
  }

  /** The value of a query's parameter or a header; as it stands there. */
  String inParameter(Operation operation, Parameter parameter, RandomGenerator random) {
    return switch (parameter.name()) {
      case "after" -> recall(operation.template() + " next", random);
      case "limit" -> String.valueOf(1 + random.nextInt(300));
      case "Idempotency-Key" -> UUID.randomUUID().toString();
      case "If-Match" -> "*";
      case "from", "to" -> "2026-01-01T00%3A00%3A00Z";
      case "userId", "subject", "actor" -> recall("userId", random);
      case "refresh" -> recall("/api/v1/catalogs/charities/refreshes", random);
      case "kind" -> List.of("donation", "charity", "civilian").get(random.nextInt(3));
      default ->
          HostileValues.percent(sample(parameter.schema(), parameter.name(), random).asText());
    };
  }

  /** A target with all its variables and some of its parameters, of which one may be given. */
  String target(Operation operation, Map<String, String> given, RandomGenerator random) {
    StringBuilder target = new StringBuilder();
    Matcher variables = VARIABLE.matcher(operation.template());
    while (variables.find()) {
      String name = variables.group(1);
      String value = given.getOrDefault(name, "");
      variables.appendReplacement(
          target,
          Matcher.quoteReplacement(
              given.containsKey(name) ? value : inPath(operation, name, random)));
    }
    variables.appendTail(target);
    char separator = '?';
    for (Parameter parameter : operation.parameters()) {
      if (parameter.in().equals("query")
          && (given.containsKey(parameter.name()) || random.nextInt(3) == 0)) {
        target.append(separator).append(parameter.name()).append('=');
        String value = given.get(parameter.name());
        target.append(value != null ? value : inParameter(operation, parameter, random));
        separator = '&';
      }
    }
    return target.toString();
  }

  /** An acceptable value of a schema. */
  JsonNode sample(JsonNode schema, String name, RandomGenerator random) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    if (schema.has("oneOf")) {
      return sample(schema.path("oneOf").path(random.nextInt(2)), name, random);
    }
    String reference = schema.path("$ref").asText();
    if (reference.endsWith("/UserId")) {
      return json.textNode(recall("userId", random));
    }
    if (reference.endsWith("/UUID")) {
      return json.textNode(recall(name.equals("replaces") ? "/api/v1/rules" : name, random));
    }
    if (!reference.isEmpty()) {
      return sample(document.at(reference.substring(1)), name, random);
    }
    if (schema.has("enum")) {
      JsonNode values = schema.path("enum");
      return values.path(random.nextInt(values.size()));
    }
    return switch (schema.path("type").asText()) {
      case "integer" -> json.numberNode(1 + random.nextInt(40));
      case "number" -> json.numberNode(random.nextDouble());
      case "boolean" -> json.booleanNode(random.nextBoolean());
      case "array" -> {
        ArrayNode array = json.arrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
          array.add(sample(schema.path("items"), name, random));
        }
        yield array;
      }
      case "object" -> object(schema, name, random);
      default -> json.textNode(text(schema, name, random));
    };
  }

  private ObjectNode object(JsonNode schema, String name, RandomGenerator random) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(field -> required.add(field.asText()));
    schema
        .path("properties")
        .properties()
        .forEach(
            field -> {
              if (required.contains(field.getKey()) || random.nextInt(3) > 0) {
                object.set(field.getKey(), sample(field.getValue(), field.getKey(), random));
              }
            });
    if (name.equals("then")) {
      object.put("allowed", "true").put("civilianPoints", "10");
    } else if (name.equals("facts")) {
      object.put("points", 5).put("giver", recall("userId", random));
    } else if (schema.has("additionalProperties")) {
      object.set("badge", sample(schema.path("additionalProperties"), "badge", random));
    }
    return object;
  }

  private String text(JsonNode schema, String name, RandomGenerator random) {
    if (schema.path("format").asText().equals("date-time")) {
      return name.endsWith("o") || name.endsWith("Until")
          ? "2026-12-31T00:00:00Z"
          : "2026-01-01T00:00:00Z";
    }
    return switch (name) {
      case "email" -> "fuzz" + random.nextInt(1_000_000) + "@example.org";
      case "to" -> recall(random.nextBoolean() ? "recipientRef" : "userId", random);
      case "token" -> recall("token", random);
      case "zip" -> "20001";
      case "deviceId" -> "fuzz";
      case "when" -> "points > 1 && points < 100 || 'a'.matches('[a-z]+')";
      case "code" -> recall("code", random);
      case "refreshToken" -> recall("refreshToken", random);
      case "state" -> "DC";
      case "status" -> "needsReview";
      default ->
          "word ".repeat(3).substring(0, Math.min(12, schema.path("maxLength").asInt(12))).strip();
    };
  }
}
