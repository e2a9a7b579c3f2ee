package app.heyblue.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/reference/authorization.md} says of each operation who may call it, as its
 * annotations do, and what it reaches, as {@code data-reach.txt} here does.
 */
class AuthorizationReferenceTest {
  private static final String EVERYBODYS = "everybody's";
  private static final String INTRODUCTION = resource("/authorization-introduction.md");

  private record Operation(String name, String who, String tag) {}

  @Test
  void theReferenceSaysWhoMayCallWhatAndWhatItReaches() {
    Map<String, Operation> operations = operations();
    Map<String, String> reach = reach();
    assertThat(operations.keySet())
        .as("operations of data-reach.txt that are no more")
        .containsAll(reach.keySet());
    Map<String, StringBuilder> sections = new TreeMap<>();
    for (Operation operation : operations.values()) {
      String reached =
          reach.getOrDefault(operation.name(), operation.who().equals("admin") ? EVERYBODYS : "");
      assertThat(reached)
          .as("data-reach.txt needs a line that says whose data %s reaches", operation.name())
          .isNotEmpty();
      sections
          .computeIfAbsent(
              operation.tag(),
              tag ->
                  new StringBuilder("\n## ")
                      .append(tag)
                      .append("\n\n| operation | who | whose data |\n|---|---|---|\n"))
          .append("| `%s` | %s | %s |\n".formatted(operation.name(), operation.who(), reached));
    }
    Repository.requireUpToDate(
        "docs/reference/authorization.md", INTRODUCTION + String.join("", sections.values()));
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> operations = new TreeMap<>(AuthorizationReferenceTest::byPathThenMethod);
    for (JavaClass type : CompiledHouse.CLASSES) {
      if (type.isAnnotatedWith(Path.class)) {
        Class<?> resource = type.reflect();
        for (Method method : resource.getDeclaredMethods()) {
          verb(method)
              .map(verb -> verb + " " + path(resource, method))
              .forEach(
                  name ->
                      operations.put(
                          name, new Operation(name, who(resource, method), tag(resource))));
        }
      }
    }
    return operations;
  }

  private static int byPathThenMethod(String one, String other) {
    String[] a = one.split(" ");
    String[] b = other.split(" ");
    int paths = a[1].compareTo(b[1]);
    return paths == 0 ? a[0].compareTo(b[0]) : paths;
  }

  private static Stream<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .map(HttpMethod::value);
  }

  private static String path(Class<?> resource, Method method) {
    Path own = method.getAnnotation(Path.class);
    return Stream.of(resource.getAnnotation(Path.class).value(), own == null ? "" : own.value())
        .flatMap(part -> Arrays.stream(part.split("/")))
        .filter(segment -> !segment.isEmpty())
        .map(segment -> segment.replaceAll("\\{(\\w+)[^}]*}", "{$1}"))
        .collect(Collectors.joining("/", "/", ""));
  }

  private static String who(Class<?> resource, Method method) {
    for (Annotation[] annotations :
        new Annotation[][] {method.getAnnotations(), resource.getAnnotations()}) {
      for (Annotation annotation : annotations) {
        switch (annotation) {
          case PermitAll _ -> {
            return "anybody";
          }
          case Authenticated _ -> {
            return "anybody signed in";
          }
          case RolesAllowed roles -> {
            return String.join(", ", new TreeSet<>(Arrays.asList(roles.value())));
          }
          default -> {}
        }
      }
    }
    throw new AssertionError("nobody may call " + method);
  }

  private static String tag(Class<?> resource) {
    Tag tag = resource.getAnnotation(Tag.class);
    return tag == null ? resource.getSimpleName() : tag.name();
  }

  private static Map<String, String> reach() {
    Map<String, String> reach = new LinkedHashMap<>();
    resource("/data-reach.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(
            line -> {
              int colon = line.indexOf(": ");
              assertThat(reach.put(line.substring(0, colon), line.substring(colon + 2)))
                  .as(line)
                  .isNull();
            });
    return reach;
  }

  private static String resource(String name) {
    try (InputStream in = AuthorizationReferenceTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
