package app.heyblue.messaging.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.messaging.Stream;
import java.util.regex.Pattern;

/** Streams and consumers as they stand in paths. */
final class Names {
  private static final Pattern CONSUMER = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private Names() {}

  static Stream stream(String name) {
    try {
      return Stream.parse(name);
    } catch (IllegalArgumentException e) {
      throw CommonProblems.NOT_FOUND.raise(
          "There is no such stream. There are `users` and `transactions`.");
    }
  }

  /** A text that can be looked up; anything else is nobody's name. */
  static String consumer(String name) {
    if (!CONSUMER.matcher(name).matches()) {
      throw noConsumer();
    }
    return name;
  }

  static ProblemException noConsumer() {
    return CommonProblems.NOT_FOUND.raise(
        "This stream has no such consumer. GET /api/v1/streams/{stream}/consumers lists them.");
  }
}
