package app.heyblue.users.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.Language;
import app.heyblue.users.profiles.ProfileEditor.Wish;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.validation.constraints.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeChangeTest {
  @Test
  void whatIsAbsentStays() throws Exception {
    assertThat(read("{\"locale\":\"es\"}").wish())
        .isEqualTo(new Wish(null, Language.ES, null, null));
    assertThat(read("{\"displayName\":\"Maya\",\"showName\":false}").wish())
        .isEqualTo(new Wish("Maya", null, false, null));
    assertThat(read("{}").wish()).isEqualTo(new Wish(null, null, null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"displayName\":null}",
        "{\"locale\":null}",
        "{\"showName\":null}",
        "{\"locale\":\"fr\"}",
        "{\"locale\":\"EN\"}",
        "{\"showName\":\"true\"}",
        "{\"showName\":1}",
        "{\"kind\":\"admin\"}",
        "[]"
      })
  void whatCantBeChangedToIsRefused(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u00a0\u2003", "a\u0000b", "a\nb", "\ud800"})
  void aNameNeedsSomethingToSee(String name) throws Exception {
    assertThat(name).doesNotMatch(namePattern());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Maya", "Tomás Herrera", " a ", "李小龍", "😀"})
  void namesOfAllTheWorldAreFine(String name) throws Exception {
    assertThat(name).matches(namePattern());
  }

  private static MeChange read(String json) throws JsonProcessingException {
    return Json.mapper().readValue(json, MeChange.class);
  }

  private static String namePattern() throws Exception {
    return MeChange.class.getDeclaredField("displayName").getAnnotation(Pattern.class).regexp();
  }
}
