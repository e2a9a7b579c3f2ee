package app.heyblue.rules.editing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergePatchTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The examples of RFC 7396, appendix A. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":"b"}                | {"a":"c"}                     | {"a":"c"}
          {"a":"b"}                | {"b":"c"}                     | {"a":"b","b":"c"}
          {"a":"b"}                | {"a":null}                    | {}
          {"a":"b","b":"c"}        | {"a":null}                    | {"b":"c"}
          {"a":["b"]}              | {"a":"c"}                     | {"a":"c"}
          {"a":"c"}                | {"a":["b"]}                   | {"a":["b"]}
          {"a":{"b":"c"}}          | {"a":{"b":"d","c":null}}      | {"a":{"b":"d"}}
          {"a":[{"b":"c"}]}        | {"a":[1]}                     | {"a":[1]}
          ["a","b"]                | ["c","d"]                     | ["c","d"]
          {"a":"b"}                | ["c"]                         | ["c"]
          {"a":"foo"}              | null                          | null
          {"a":"foo"}              | "bar"                         | "bar"
          {"e":null}               | {"a":1}                       | {"e":null,"a":1}
          [1,2]                    | {"a":"b","c":null}            | {"a":"b"}
          {}                       | {"a":{"bb":{"ccc":null}}}     | {"a":{"bb":{}}}
          """)
  void followsTheExamplesOfTheStandard(String target, String patch, String result)
      throws JsonProcessingException {
    assertThat(MergePatch.apply(MAPPER.readTree(target), MAPPER.readTree(patch)))
        .isEqualTo(MAPPER.readTree(result));
  }

  @Property(tries = 200)
  void aSecondTimeChangesNothing(@ForAll("json") JsonNode target, @ForAll("json") JsonNode patch) {
    JsonNode once = MergePatch.apply(target, patch);

    assertThat(MergePatch.apply(once, patch)).isEqualTo(once);
  }

  @Property(tries = 200)
  void neitherTargetNorPatchIsChanged(
      @ForAll("json") JsonNode target, @ForAll("json") JsonNode patch) {
    JsonNode targetBefore = target.deepCopy();
    JsonNode patchBefore = patch.deepCopy();

    MergePatch.apply(target, patch);

    assertThat(target).isEqualTo(targetBefore);
    assertThat(patch).isEqualTo(patchBefore);
  }

  @Provide
  Arbitrary<JsonNode> json() {
    Arbitrary<JsonNode> leaf =
        Arbitraries.of("1", "\"x\"", "true", "null", "[1]").map(MergePatchTest::parse);
    return Arbitraries.recursive(() -> leaf, MergePatchTest::object, 1, 3);
  }

  private static Arbitrary<JsonNode> object(Arbitrary<JsonNode> value) {
    return Arbitraries.maps(Arbitraries.of("a", "b", "c"), value)
        .ofMaxSize(3)
        .map(
            (Map<String, JsonNode> fields) -> {
              ObjectNode object = JsonNodeFactory.instance.objectNode();
              object.setAll(fields);
              return object;
            });
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
