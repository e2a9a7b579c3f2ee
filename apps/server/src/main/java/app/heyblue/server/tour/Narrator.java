package app.heyblue.server.tour;

import app.heyblue.server.ApiClient;
import app.heyblue.server.ApiClient.Answer;
import app.heyblue.server.CommandFailure;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/** Makes the tour's requests and tells each of them: what, the request, the answer. */
final class Narrator {
  private final ApiClient api;
  private final PrintStream out;
  private int step;

  Narrator(ApiClient api, PrintStream out) {
    this.api = api;
    this.out = out;
  }

  void chapter(String title) {
    step++;
    say("%n@|bold,blue %2d|@ @|bold %s|@", step, title);
  }

  void note(String format, Object... values) {
    say("   " + format, values);
  }

  void done(String format, Object... values) {
    say("   @|green ✔|@ " + format, values);
  }

  Answer get(String path, @Nullable String token) {
    return told("GET", path, api.get(path, token));
  }

  Answer post(String path, @Nullable String token, Object body) {
    return told("POST", path, api.send("POST", path, token, body, Map.of()));
  }

  Answer post(String path, String token, Object body, String idempotencyKey) {
    return told(
        "POST",
        path,
        api.send("POST", path, token, body, Map.of("Idempotency-Key", '"' + idempotencyKey + '"')));
  }

  /** Reads again and again without telling, for what comes about by itself. */
  Answer look(String path, @Nullable String token) {
    return api.get(path, token);
  }

  /** Ends the tour where something isn't as it should be. */
  void require(boolean asExpected, String sentence) {
    if (!asExpected) {
      throw new CommandFailure("The tour stops in step " + step + ": " + sentence);
    }
  }

  private Answer told(String method, String path, Answer answer) {
    say(
        answer.isSuccess()
            ? "   @|cyan %s|@ @|faint %s|@ → @|green %d|@"
            : "   @|cyan %s|@ @|faint %s|@ → @|yellow %d|@",
        method,
        path,
        answer.status());
    return answer;
  }

  // Values are escaped by being formatted after the markup was read.
  private void say(String format, Object... values) {
    out.println(Ansi.AUTO.string(format).formatted(values));
  }
}
