package app.heyblue.notifications.texts;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Language;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Template;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LetterTextsTest {
  private static final UUID ID = new UUID(0, 1);

  private final LetterTexts texts = new LetterTexts();

  @ParameterizedTest
  @EnumSource
  void everyLetterIsWrittenInBothLanguagesWithItsValues(Template template) {
    Map<String, String> values = new HashMap<>();
    template.placeholders().forEach(name -> values.put(name, "value-of-" + name));
    for (Language language : Language.values()) {
      Rendered letter = texts.render(letter(template, language, values));

      assertThat(letter.subject()).isNotBlank().doesNotContain("{", "\n").hasSizeLessThan(79);
      assertThat(values.values())
          .allMatch(letter.text()::contains)
          .allMatch(letter.html()::contains);
      assertThat(letter.text()).doesNotContain("{", "}");
      assertThat(letter.text().lines()).allMatch(line -> line.length() <= 72);
      assertThat(letter.html())
          .contains("<html lang=\"" + language + "\">", "<title>" + letter.subject() + "</title>")
          .doesNotContain("<img", "http:", "https:", "url(");
    }
    assertThat(texts.subject(template, Language.ES))
        .isNotEqualTo(texts.subject(template, Language.EN));
  }

  @ParameterizedTest
  @EnumSource
  void spanishKeepsToUsted(Template template) {
    Map<String, String> values = new HashMap<>();
    template.placeholders().forEach(name -> values.put(name, "x"));

    assertThat(texts.render(letter(template, Language.ES, values)).text().toLowerCase(Locale.ROOT))
        .doesNotContainPattern("\\b(tú|tu|tus|ti|contigo|tienes|puedes|inicia)\\b");
  }

  @Test
  void codesAreShownLarge() {
    Rendered letter =
        texts.render(letter(Template.PASSWORD_RESET_CODE, Language.EN, Map.of("code", "123456")));

    assertThat(letter.text()).contains("\n\n    123456\n\n");
    assertThat(letter.html())
        .containsPattern("<p class=\"code\" style=\"[^\"]*font-size: 34px[^\"]*\">123456</p>");
  }

  @Test
  void whatSomebodyWroteCantBecomeMarkup() {
    Rendered letter =
        texts.render(
            letter(
                Template.APPLICATION_REJECTED,
                Language.EN,
                Map.of("reason", "<script>alert(1)</script> & \"more\" {code}\r\nBcc: x\u0007")));

    assertThat(letter.html())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;more&quot; {code}")
        .doesNotContain("<script", "\u0007", "\r");
    assertThat(letter.text()).contains("<script>alert(1)</script> & \"more\" {code}");
  }

  @Property(tries = 200)
  void noValueOpensATagOrLeavesItsPlace(@ForAll String reason) {
    String html =
        texts
            .render(letter(Template.APPLICATION_REJECTED, Language.EN, Map.of("reason", reason)))
            .html();
    String plain =
        texts
            .render(letter(Template.APPLICATION_REJECTED, Language.EN, Map.of("reason", "x")))
            .html();

    // Empty lines may part it into paragraphs; nothing else that it holds makes a tag.
    assertThat(html.replaceAll("<p [^>]*>|</p>", "").chars().filter(c -> c == '<').count())
        .isEqualTo(plain.replaceAll("<p [^>]*>|</p>", "").chars().filter(c -> c == '<').count());
  }

  private static Letter letter(Template template, Language language, Map<String, String> values) {
    return new Letter(ID, "ann@example.org", language, template, values);
  }
}
