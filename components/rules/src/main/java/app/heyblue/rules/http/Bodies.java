package app.heyblue.rules.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** Reads the bodies that have no record of their own. */
final class Bodies {
  private Bodies() {}

  /**
   * A JSON object.
   *
   * @throws ProblemException ({@code malformed}) for other JSON
   * @throws JsonProcessingException for what isn't JSON
   */
  static ObjectNode object(String body) throws JsonProcessingException {
    JsonNode json = Json.mapper().readTree(body);
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw CommonProblems.MALFORMED.raise("The body is a JSON object.");
  }

  /**
   * Checks that an action's body says nothing: absent or {@code {}}.
   *
   * @throws ProblemException ({@code invalid-input}) where it has a field
   * @throws JsonProcessingException for what isn't JSON
   */
  static void requireEmpty(@Nullable String body) throws JsonProcessingException {
    if (body == null || body.isBlank()) {
      return;
    }
    for (var field : object(body).properties()) {
      throw ProblemException.invalid("/" + field.getKey(), "This action takes no fields.");
    }
  }
}
