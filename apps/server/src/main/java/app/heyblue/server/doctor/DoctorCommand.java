package app.heyblue.server.doctor;

import app.heyblue.kernel.Json;
import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.postgres.EmbeddedInspection;
import app.heyblue.server.CommandFailure;
import app.heyblue.server.Installation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Examines this installation, whether its server runs or not; changes nothing. */
@Command(
    name = "doctor",
    description = "Says what ails this installation and what to do; ends with 1 where it is sick.")
public final class DoctorCommand implements Callable<Integer> {
  @Option(names = "--json", description = "As JSON, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    List<Finding> findings = examine(System.getenv());
    if (json) {
      printJson(findings);
    } else {
      print(findings);
    }
    return has(findings, Finding.State.SICK) ? 1 : 0;
  }

  static List<Finding> examine(Map<String, String> environment) {
    Examination examination = new Examination();
    MachineChecks.all(examination);
    Installation installation;
    try {
      installation = Installation.of(environment);
    } catch (CommandFailure e) {
      examination.check("settings", () -> Finding.sick("settings", String.valueOf(e.getMessage())));
      return examination.findings();
    }
    FolderChecks.all(examination, installation, environment);
    boolean running = examineDatabase(examination, installation);
    NetworkChecks.all(examination, installation, environment, running);
    examination.checks("server", () -> ServerChecks.all(installation));
    return examination.findings();
  }

  /** Returns whether HeyBlue runs on these data; unknown, so false, with a database elsewhere. */
  private static boolean examineDatabase(Examination examination, Installation installation) {
    if (installation.databaseUrl().isPresent()) {
      examination.checks(
          "database",
          () ->
              DatabaseChecks.reached(
                  Optional.of(DatabaseUrl.parse(installation.databaseUrl().get()))));
      return mayRun(installation);
    }
    EmbeddedInspection embedded;
    try {
      embedded = EmbeddedInspection.of(installation.home());
    } catch (RuntimeException e) {
      examination.failed("postgresql", e);
      return false;
    }
    examination.checks("postgresql", () -> DatabaseChecks.embedded(embedded));
    examination.checks("database", () -> DatabaseChecks.reached(embedded.url()));
    return embedded.holder().isPresent();
  }

  private static boolean mayRun(Installation installation) {
    try {
      return installation.operatorToken().isPresent();
    } catch (UncheckedIOException e) {
      return true; // told with what the server says of itself
    }
  }

  private static void print(List<Finding> findings) {
    for (Finding finding : findings) {
      System.out.printf("%-8s %-12s %s%n", finding.state(), finding.check(), finding.text());
    }
    long sick = count(findings, Finding.State.SICK);
    long warnings = count(findings, Finding.State.WARNING);
    System.out.println(
        sick + warnings == 0
            ? "All is well."
            : "%d sick, %d %s.".formatted(sick, warnings, warnings == 1 ? "warning" : "warnings"));
  }

  private static void printJson(List<Finding> findings) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("sick", has(findings, Finding.State.SICK));
    report.put("findings", findings);
    try {
      System.out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean has(List<Finding> findings, Finding.State state) {
    return count(findings, state) > 0;
  }

  private static long count(List<Finding> findings, Finding.State state) {
    return findings.stream().filter(finding -> finding.state() == state).count();
  }
}
