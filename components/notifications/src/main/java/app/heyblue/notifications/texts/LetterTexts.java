package app.heyblue.notifications.texts;

import app.heyblue.kernel.Language;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Template;
import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Variant;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renders letters. A text's first line is the subject; then come paragraphs, parted by empty lines;
 * an indented one is a code, shown large. The HTML is made from the same text, so that the two
 * never differ.
 *
 * <p>An engine of our own, whose texts are read when they are first needed: start-up doesn't pay
 * for letters that nobody sends.
 */
@ApplicationScoped
public class LetterTexts {
  private static final String CODE_INDENT = "    ";

  private final Engine engine =
      Engine.builder()
          .addDefaults()
          .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
          .strictRendering(true)
          .build();
  private final Map<String, io.quarkus.qute.Template> parsed = new ConcurrentHashMap<>();
  private final Map<String, String> subjects = new ConcurrentHashMap<>();

  /** The letter in its language. */
  public Rendered render(Letter letter) {
    String subject = subject(letter.template(), letter.language());
    String text =
        parsed
            .computeIfAbsent(
                name(letter.template(), letter.language()),
                name -> engine.parse(parts(name)[1], Variant.forContentType(Variant.TEXT_PLAIN)))
            .render(printable(letter.values()));
    String html =
        parsed
            .computeIfAbsent(
                "letter.html",
                name -> engine.parse(read(name), Variant.forContentType(Variant.TEXT_HTML)))
            .render(
                Map.of(
                    "language", letter.language().toString(),
                    "subject", subject,
                    "paragraphs", paragraphs(text)));
    return new Rendered(subject, text, html);
  }

  /** The subject; it holds no values, so nothing foreign gets into a header. */
  public String subject(Template template, Language language) {
    return subjects.computeIfAbsent(name(template, language), name -> parts(name)[0]);
  }

  private static String name(Template template, Language language) {
    return language + "/" + template + ".txt";
  }

  private static String[] parts(String name) {
    return read(name).split("\n\n", 2);
  }

  private static List<Map<String, Object>> paragraphs(String text) {
    List<Map<String, Object>> paragraphs = new ArrayList<>();
    for (String paragraph : text.split("\n\\s*\n")) {
      if (!paragraph.isBlank()) {
        paragraphs.add(
            Map.of("text", paragraph.strip(), "code", paragraph.startsWith(CODE_INDENT)));
      }
    }
    return paragraphs;
  }

  private static Map<String, Object> printable(Map<String, String> values) {
    Map<String, Object> printable = new HashMap<>();
    values.forEach(
        (name, value) -> printable.put(name, value.replaceAll("[\\p{Cc}&&[^\n]]+", " ").strip()));
    return printable;
  }

  private static String read(String name) {
    try (InputStream file = LetterTexts.class.getResourceAsStream("/letters/" + name)) {
      if (file == null) {
        throw new IllegalStateException("no letter " + name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
