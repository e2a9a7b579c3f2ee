package app.heyblue.rules.domain;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;

/**
 * An outcome as an admin writes it: a CEL expression as text, or a JSON number or boolean, which is
 * the CEL literal of the same spelling.
 */
final class OutcomeText extends StdScalarDeserializer<String> {
  private static final long serialVersionUID = 1L;

  OutcomeText() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
    JsonToken token = json.currentToken();
    return token == JsonToken.VALUE_STRING
            || token == JsonToken.VALUE_NUMBER_INT
            || token == JsonToken.VALUE_TRUE
            || token == JsonToken.VALUE_FALSE
        ? json.getText()
        : (String) context.handleUnexpectedToken(String.class, json);
  }
}
