package app.heyblue.server.doctor;

import app.heyblue.server.ApiClient;
import app.heyblue.server.CommandFailure;
import app.heyblue.server.Installation;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the running server says of itself, by its health and its metrics. */
final class ServerChecks {
  private static final double LATE_SECONDS = 60;
  private static final double LETTER_LATE_SECONDS = 900;
  private static final double OLD_DAYS = 45;
  private static final double DAY = 86_400;
  private static final double MANY = 1000;

  private ServerChecks() {}

  /** Whether this installation's server answers where it should. */
  static boolean answers(Installation installation) {
    try {
      return installation
          .operatorToken()
          .map(token -> installation.client().get("/api/v1/operator/keys", token).isSuccess())
          .orElse(false);
    } catch (CommandFailure | UncheckedIOException e) {
      return false;
    }
  }

  static List<Finding> all(Installation installation) {
    if (installation.operatorToken().isEmpty()) {
      return List.of(Finding.ok("server", "It doesn't run: ./heyblue run"));
    }
    if (!answers(installation)) {
      return List.of(
          Finding.warning(
              "server",
              "%s doesn't answer as this installation's server. Where it was killed: ./heyblue run"
                  .formatted(installation.address())));
    }
    ApiClient api = installation.client();
    Examination examination = new Examination();
    examination.check("live", () -> health(api.get("/health/live", null).body(), "live"));
    examination.check("ready", () -> health(api.get("/health/ready", null).body(), "ready"));
    examination.checks("metrics", () -> metrics(api.get("/metrics", null)));
    return examination.findings();
  }

  private static List<Finding> metrics(ApiClient.Answer metrics) {
    return metrics.isSuccess()
        ? figures(Samples.parse(metrics.response().body()))
        : List.of(
            Finding.warning(
                "metrics", "/metrics doesn't answer, so streams and catalogs aren't known."));
  }

  private static Finding health(JsonNode health, String what) {
    if (health.path("status").asText().equals("UP")) {
      return Finding.ok(what, "The server says so.");
    }
    List<String> down = new ArrayList<>();
    for (JsonNode check : health.path("checks")) {
      if (!check.path("status").asText().equals("UP")) {
        down.add(check.path("name").asText());
      }
    }
    return Finding.sick(what, "The server isn't " + what + ": " + String.join(", ", down) + ".");
  }

  static List<Finding> figures(Samples metrics) {
    List<Finding> findings = new ArrayList<>();
    findings.add(parked(metrics));
    findings.add(lag(metrics));
    findings.add(chain(metrics));
    findings.add(letters(metrics));
    findings.addAll(catalogs(metrics));
    findings.add(
        metrics.any("heyblue_catalog_searchable", value -> value == 0).isEmpty()
            ? Finding.ok("search", "Charities can be searched.")
            : Finding.warning("search", "The search index isn't there yet; it builds itself."));
    List<String> cutOff = metrics.any("heyblue_validator_cut_off", value -> value > 0);
    findings.add(
        cutOff.isEmpty()
            ? Finding.ok("validators", "All are asked.")
            : Finding.warning(
                "validators",
                "Not asked, since they fail: %s. Applications wait."
                    .formatted(String.join(", ", cutOff))));
    return findings;
  }

  private static Finding parked(Samples metrics) {
    if (metrics.any("heyblue_consumer_parked", value -> value >= 0).isEmpty()) {
      return Finding.warning("parked", "Not known: the server can't ask its database.");
    }
    List<String> parked = metrics.any("heyblue_consumer_parked", value -> value > 0);
    return parked.isEmpty()
        ? Finding.ok("parked", "No event is parked.")
        : Finding.sick(
            "parked",
            "Events that couldn't be taken in: %s. GET /api/v1/streams/{stream}/consumers/{consumer}/parked says why; POST …/{id}/retry delivers again."
                .formatted(String.join(", ", parked)));
  }

  private static Finding lag(Samples metrics) {
    if (metrics.any("heyblue_consumer_lag_time_seconds", value -> value >= 0).isEmpty()) {
      return Finding.warning("consumers", "Not known: the server can't ask its database.");
    }
    List<String> late = metrics.any("heyblue_consumer_lag_time_seconds", v -> v > LATE_SECONDS);
    return late.isEmpty()
        ? Finding.ok("consumers", "All keep up.")
        : Finding.sick(
            "consumers",
            "Behind by more than a minute: %s. The server's log says what fails."
                .formatted(String.join(", ", late)));
  }

  private static Finding chain(Samples metrics) {
    boolean behind =
        !metrics.any("heyblue_ledger_unsigned", value -> value > MANY).isEmpty()
            || !metrics.any("heyblue_audit_unchained", value -> value > MANY).isEmpty();
    return behind
        ? Finding.warning("chain", "The chains of ledger or audit aren't signed to their ends.")
        : Finding.ok("chain", "Ledger and audit trail are chained and signed.");
  }

  private static Finding letters(Samples metrics) {
    if (!metrics
        .any("heyblue_letters_waiting_time_seconds", v -> v > LETTER_LATE_SECONDS)
        .isEmpty()) {
      return Finding.warning(
          "letters", "Letters wait for more than 15 minutes: is the mail server well?");
    }
    return metrics.any("heyblue_letters_given_up", value -> value > 0).isEmpty()
        ? Finding.ok("letters", "None waits for long, none was given up.")
        : Finding.warning(
            "letters", "Some were given up; GET /api/v1/mails?status=givenUp tells which.");
  }

  private static List<Finding> catalogs(Samples metrics) {
    List<Finding> findings = new ArrayList<>();
    List<String> refused = metrics.any("heyblue_catalog_refused", value -> value > 0);
    List<String> old = metrics.any("heyblue_catalog_age_seconds", v -> v > OLD_DAYS * DAY);
    if (!refused.isEmpty()) {
      findings.add(
          Finding.warning(
              "catalogs",
              "The last refresh was refused: %s. The list of refreshes says why."
                  .formatted(String.join(", ", refused))));
    }
    if (!old.isEmpty()) {
      findings.add(
          Finding.warning(
              "catalogs",
              "Not refreshed for 45 days: %s. ./heyblue catalogs refresh SOURCE"
                  .formatted(String.join(", ", old))));
    }
    if (findings.isEmpty()) {
      findings.add(Finding.ok("catalogs", "None is old, none was refused lately."));
    }
    return findings;
  }

  /** Metrics as Prometheus reads them (text format 0.0.4). */
  record Samples(List<Map.Entry<String, Double>> lines) {
    static Samples parse(String text) {
      List<Map.Entry<String, Double>> lines = new ArrayList<>();
      for (String line : text.split("\n")) {
        int blank = line.lastIndexOf(' ');
        if (!line.startsWith("#") && blank > 0) {
          try {
            lines.add(
                Map.entry(line.substring(0, blank), Double.parseDouble(line.substring(blank + 1))));
          } catch (NumberFormatException e) {
            // "+Inf" and the like, which none of ours is.
          }
        }
      }
      return new Samples(lines);
    }

    /** The first label of each sample of that name whose value is so; the name without one. */
    List<String> any(String name, java.util.function.DoublePredicate so) {
      return lines.stream()
          .filter(line -> line.getKey().equals(name) || line.getKey().startsWith(name + "{"))
          .filter(line -> so.test(line.getValue()))
          .map(line -> line.getKey().replaceFirst("^[^\"]*\"([^\"]*)\".*$", "$1"))
          .toList();
    }
  }
}
