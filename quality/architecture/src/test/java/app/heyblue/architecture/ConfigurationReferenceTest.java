package app.heyblue.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/configuration.md} says what the {@code @ConfigMapping} interfaces say. */
class ConfigurationReferenceTest {
  private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");
  private static final String INTRODUCTION =
      """
      # Configuration

      Generated from the code; see CONTRIBUTING.md. The launcher reads these from the environment:

      | variable | what it sets | default |
      |---|---|---|
      | `HEYBLUE_PORT` | the port that the server listens on | 8080 |
      | `HEYBLUE_HOST` | the address that the server listens on; another than loopback needs TLS or a named proxy, and no demo data | 127.0.0.1 |
      | `HEYBLUE_TLS_CERT`, `HEYBLUE_TLS_KEY` | the certificate (with those that link it to an authority) and its key (PKCS #8), in PEM; read again within 30 s when renewed | |
      | `HEYBLUE_TRUSTED_PROXY` | the proxies that have TLS in our place: addresses or networks with commas; only their `X-Forwarded-For` is believed | |
      | `HEYBLUE_HOME` | the data folder: database, keys, spool | `.heyblue` in the checkout |
      | `HEYBLUE_DATABASE_URL` | another PostgreSQL instead of the embedded one; never with demo data | |
      | `HEYBLUE_LOG` | `text` or `json`: a line for each request, and in `json` each line of the log as a document | no such lines |
      | `HEYBLUE_OTLP_ENDPOINT` | where traces are sent (OTLP over HTTP), such as `http://localhost:4318`; see [watching](../guides/watching.md) | nowhere |
      | `HEYBLUE_JAVA_OPTS` | options of the server's JVM, such as its heap | `-Xmx256m -XX:+UseSerialGC` |

      Everything else is a setting of a room, given as an environment variable (`heyblue.rules.x-y`
      becomes `HEYBLUE_RULES_X_Y`) or as a Java system property.
      """;

  @Test
  void theReferenceIsUpToDate() throws IOException {
    Map<String, String> sections = new TreeMap<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of(),
                  null,
                  files.getJavaFileObjectsFromPaths(mappings()));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        for (Tree type : unit.getTypeDecls()) {
          if (type instanceof ClassTree mapping) {
            String prefix = annotation(mapping.getModifiers(), "ConfigMapping");
            if (!prefix.isEmpty()) {
              sections.put(prefix, section(docs, unit, mapping, prefix));
            }
          }
        }
      }
    }
    Repository.requireUpToDate(
        "docs/reference/configuration.md", INTRODUCTION + String.join("", sections.values()));
  }

  private static List<Path> mappings() throws IOException {
    try (var files = Files.walk(Repository.root())) {
      return files
          .filter(file -> file.toString().contains("/src/main/java/"))
          .filter(file -> file.getFileName().toString().endsWith("Config.java"))
          .sorted()
          .toList();
    }
  }

  private static String section(
      DocTrees docs, CompilationUnitTree unit, ClassTree mapping, String prefix) {
    StringBuilder section =
        new StringBuilder("\n## `" + prefix + "`\n\n")
            .append(text(docs, unit, mapping))
            .append("\n\n| setting | what it sets | default |\n|---|---|---|\n");
    for (Tree member : mapping.getMembers()) {
      if (member instanceof MethodTree setting) {
        section
            .append("| `")
            .append(prefix)
            .append('.')
            .append(kebab(setting.getName().toString()))
            .append("` | ")
            .append(text(docs, unit, setting))
            .append(" | ")
            .append(quoted(annotation(setting.getModifiers(), "WithDefault")))
            .append(" |\n");
      }
    }
    return section.toString();
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "" : "`" + value + "`";
  }

  private static String text(DocTrees docs, CompilationUnitTree unit, Tree tree) {
    DocCommentTree comment = docs.getDocCommentTree(TreePath.getPath(unit, tree));
    if (comment == null) {
      throw new AssertionError("A setting without Javadoc: " + tree);
    }
    return comment.getFullBody().stream()
        .map(Object::toString)
        .reduce("", String::concat)
        .replaceAll("\\{@(?:code|link)\\s+([^}]*)}", "`$1`")
        .replaceAll("</?[a-z]+>", "")
        .replaceAll("\\s+", " ")
        .replace("|", "\\|")
        .strip();
  }

  private static String annotation(ModifiersTree modifiers, String name) {
    for (AnnotationTree annotation : modifiers.getAnnotations()) {
      if (annotation.getAnnotationType().toString().endsWith(name)) {
        Matcher value = QUOTED.matcher(annotation.getArguments().toString());
        return value.find() ? value.group(1) : "";
      }
    }
    return "";
  }

  private static String kebab(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
