package app.heyblue.scoring.http;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.jspecify.annotations.Nullable;

/** A body that says nothing: none at all, or an empty object. */
public record NoBody() {
  /**
   * Checks that a body says nothing.
   *
   * @throws JsonProcessingException where it's no JSON object or has a field
   */
  static void require(@Nullable String body) throws JsonProcessingException {
    if (body != null && !body.isBlank()) {
      Json.mapper().readValue(body, NoBody.class);
    }
  }
}
