package app.heyblue.server.cli;

import app.heyblue.server.ApiClient;
import app.heyblue.server.Installation;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks after the keys of the running server; the guide is {@code docs/guides/keys.md}. */
@Command(name = "keys", description = "Shows and rotates the keys of the running server.")
public final class KeysCommand implements Callable<Integer> {
  private static final String PATH = "/api/v1/operator/keys";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  /** Prints which keys are in use; never a key. */
  @Override
  public Integer call() {
    print(send("GET", PATH, null));
    return 0;
  }

  @Command(
      name = "rotate-signing",
      description = "Publishes another key of access tokens; nobody is signed out.")
  int rotateSigning(
      @Option(
              names = "--revoke-earlier",
              description = "Refuse what earlier keys signed: for a key that leaked.")
          boolean revokeEarlier) {
    print(send("POST", PATH + "/signing/rotation", Map.of("revokeEarlier", revokeEarlier)));
    return 0;
  }

  @Command(
      name = "rotate-master",
      description = "Puts another master key into use and rewraps all keys under it.")
  int rotateMaster() {
    JsonNode keys = send("POST", PATH + "/master/rotation", null);
    long all = wrapped(keys, false);
    try (ProgressBar bar = Bars.of("Rewrapping", all, "keys", 1)) {
      while (!isOver(keys)) {
        bar.stepTo(wrapped(keys, true));
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        keys = send("GET", PATH, null);
      }
      bar.stepTo(wrapped(keys, true));
    }
    print(keys);
    if (!keys.path("master").path("complete").asBoolean()) {
      System.out.printf(
          "%,d keys can't be opened and stay under an older master key, which stays in the file;"
              + " restore them from a back-up of the database. The server's log tells more.%n",
          keys.path("master").path("unreadable").asLong());
      return 1;
    }
    System.out.println(
        """
        Back up the master key file now. The old key is needed for back-ups of the database that
        were made before; when those are gone: ./heyblue keys drop-old""");
    return 0;
  }

  @Command(
      name = "drop-old",
      description = "Removes the master keys from the file that wrap nothing any more.")
  int dropOld() {
    print(send("DELETE", PATH + "/master/old", null));
    return 0;
  }

  private static JsonNode send(String method, String path, @Nullable Object body) {
    Installation installation = Installation.of(System.getenv());
    ApiClient api = installation.client();
    return api.send(method, path, installation.requireOperatorToken(), body, Map.of())
        .orFail()
        .body();
  }

  /** Whether the key in use wraps everything, or everything that can be opened. */
  private static boolean isOver(JsonNode keys) {
    JsonNode master = keys.path("master");
    long older = wrapped(keys, false) - wrapped(keys, true);
    return master.path("complete").asBoolean()
        || (older > 0 && older <= master.path("unreadable").asLong());
  }

  private static long wrapped(JsonNode keys, boolean byTheOneInUse) {
    JsonNode master = keys.path("master");
    long count = 0;
    for (Map.Entry<String, JsonNode> by : master.path("wrapped").properties()) {
      if (!byTheOneInUse || by.getKey().equals(master.path("inUse").asText())) {
        count += by.getValue().asLong();
      }
    }
    return count;
  }

  private static void print(JsonNode keys) {
    System.out.println("Access tokens are signed by");
    for (JsonNode key : keys.path("signing")) {
      System.out.printf(
          "  %s  from %s%s%n",
          key.path("id").asText(),
          key.path("signsFrom").asText(),
          key.path("retiresAt").isTextual()
              ? ", destroyed at " + key.path("retiresAt").asText()
              : "");
    }
    JsonNode master = keys.path("master");
    System.out.println("Master keys");
    for (JsonNode id : master.path("inFile")) {
      System.out.printf(
          "  %s  wraps %,d keys%s%n",
          id.asText(),
          master.path("wrapped").path(id.asText()).asLong(),
          id.equals(master.path("inUse")) ? ", in use" : "");
    }
  }
}
