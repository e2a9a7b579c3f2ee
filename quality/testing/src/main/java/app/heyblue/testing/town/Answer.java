package app.heyblue.testing.town;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;

/**
 * What a server answered.
 *
 * @param body its JSON; missing where the answer has none
 */
public record Answer(int status, JsonNode body, HttpHeaders headers) {
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The slug of the problem's type; empty for a success. */
  public String problem() {
    return body.path("type").asText().replaceFirst(".*/", "");
  }

  /**
   * The body of a success.
   *
   * @throws IllegalStateException with the problem where it's none
   */
  public JsonNode orFail() {
    if (!isSuccess()) {
      throw new IllegalStateException("The server answered " + status + ": " + body);
    }
    return body;
  }
}
