package app.heyblue.security.http;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The path of an operation as its annotations have it, with names in place of ids. */
final class PathTemplate {
  private PathTemplate() {}

  /** Empty where no operation has the path. */
  static String of(@Nullable ResourceInfo operation) {
    Method method = operation == null ? null : operation.getResourceMethod();
    if (operation == null || method == null) {
      return "";
    }
    return Stream.of(
            operation.getResourceClass().getAnnotation(Path.class),
            method.getAnnotation(Path.class))
        .flatMap(path -> Stream.of(path == null ? "" : path.value()))
        .flatMap(path -> Stream.of(path.split("/")))
        .filter(segment -> !segment.isEmpty())
        .reduce("", (path, segment) -> path + "/" + segment);
  }
}
