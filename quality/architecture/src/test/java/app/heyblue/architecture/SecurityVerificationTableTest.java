package app.heyblue.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/reference/asvs.md} speaks of every requirement of the standard's levels 1 and 2 once,
 * and of tests that exist.
 */
class SecurityVerificationTableTest {
  private static final Path DOCUMENT = Repository.root().resolve("docs/reference/asvs.md");
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+\\.\\d+\\.\\d+) \\| (\\d) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");
  private static final Pattern NOT_APPLYING =
      Pattern.compile("- (\\d+(?:\\.\\d+){0,2}(?:, \\d+(?:\\.\\d+){0,2})*): \\S.*");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)(?:\\.(\\w+))?`");

  /** A row of a table. */
  private record Row(String id, String level, String howItIsMet, String tests) {}

  private final Map<String, String> standard = standard();
  private final List<String> lines = lines(DOCUMENT);

  @Test
  void everyTableRowHasItsForm() {
    assertThat(lines.stream().filter(line -> line.matches("\\| *V?\\d.*")))
        .allSatisfy(line -> assertThat(line).matches(ROW));
  }

  @Test
  void everyRowIsARequirementWithItsLevel() {
    assertThat(rows()).allSatisfy(row -> assertThat(standard).containsEntry(row.id(), row.level()));
  }

  @Test
  void everyRequirementIsTreatedOnce() {
    List<String> notApplying = notApplying();
    Map<String, Integer> treated = new LinkedHashMap<>();
    standard.keySet().forEach(id -> treated.put(id, 0));
    rows().forEach(row -> treated.merge(row.id(), 1, Integer::sum));
    for (String part : notApplying) {
      List<String> covered =
          standard.keySet().stream()
              .filter(id -> id.equals(part) || id.startsWith(part + "."))
              .toList();
      assertThat(covered).as(part).isNotEmpty();
      covered.forEach(id -> treated.merge(id, 1, Integer::sum));
    }
    assertThat(treated).allSatisfy((id, times) -> assertThat(times).as(id).isEqualTo(1));
  }

  @Test
  void everyTestThatIsNamedExists() {
    Map<String, String> sources = testSources();
    assertThat(rows())
        .allSatisfy(
            row -> {
              Matcher test = TEST.matcher(row.tests());
              while (test.find()) {
                assertThat(sources).as(row.id()).containsKey(test.group(1));
                if (test.group(2) != null) {
                  assertThat(sources.get(test.group(1)))
                      .as("%s: %s", row.id(), test.group())
                      .contains(" " + test.group(2) + "(");
                }
              }
            });
  }

  /** A requirement without a test says where else to look, or that it is open. */
  @Test
  void whatNoTestShowsSaysSo() {
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(TEST.matcher(row.tests()).find() || row.tests().matches("review|—"))
                    .as("%s: a test in backticks, `review` or a dash", row.id())
                    .isTrue());
    assertThat(rows())
        .filteredOn(row -> row.tests().equals("—"))
        .allSatisfy(row -> assertThat(row.howItIsMet()).as(row.id()).contains("**open**"));
  }

  private List<Row> rows() {
    return lines.stream()
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(row -> new Row(row.group(1), row.group(2), row.group(4), row.group(5)))
        .toList();
  }

  private List<String> notApplying() {
    List<String> parts = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = NOT_APPLYING.matcher(line);
      if (matcher.matches()) {
        parts.addAll(List.of(matcher.group(1).split(", ")));
      }
    }
    return parts;
  }

  private static Map<String, String> standard() {
    try (InputStream list =
        SecurityVerificationTableTest.class.getResourceAsStream("/asvs-5.0.0.csv")) {
      Map<String, String> levels = new LinkedHashMap<>();
      new String(list.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(","))
          .forEach(row -> levels.put(row[0], row[1]));
      return levels;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of every class in a test folder, by its simple name. */
  private static Map<String, String> testSources() {
    try (Stream<Path> files = Files.walk(Repository.root())) {
      Map<String, String> sources = new LinkedHashMap<>();
      files
          .filter(file -> file.toString().contains("/src/test/java/"))
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file ->
                  sources.merge(
                      file.getFileName().toString().replace(".java", ""),
                      String.join("\n", lines(file)),
                      String::concat));
      return sources;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
