package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.postgres.EmbeddedPostgres;
import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on installations that are really sick. */
class DoctorIT {
  @TempDir Path folder = Path.of("");

  /** What the doctor said: state and text by check, and its exit status. */
  private record Report(int status, Map<String, List<String>> findings, String output) {
    String state(String check) {
      return findings.getOrDefault(check, List.of("none", "")).getFirst();
    }

    String text(String check) {
      return findings.getOrDefault(check, List.of("none", "")).getLast();
    }
  }

  @Test
  void aRunningServerIsWellAndAParkedEventMakesItSick() throws Exception {
    try (RunningServer server =
        RunningServer.start(folder.resolve("home"), RunningServer.freePort()).awaitReady()) {
      Report well = report(server.home(), server.port(), Map.of());
      assertThat(well.status()).as(well.output()).isZero();
      assertThat(well.findings().keySet())
          .contains(
              "java",
              "memory",
              "folder",
              "disk",
              "master-key",
              "lock",
              "postgresql",
              "database",
              "fsync",
              "clock",
              "migrations",
              "port",
              "mail",
              "live",
              "ready",
              "parked",
              "consumers",
              "chain",
              "letters",
              "catalogs",
              "search",
              "validators");
      assertThat(well.findings().values())
          .allSatisfy(finding -> assertThat(finding.getFirst()).isNotEqualTo("sick"));

      poison(server);
      new Townspeople(server.api())
          .await(
              API + "/streams/users/consumers",
              new Townspeople(server.api()).demoToken("admin"),
              body -> body.toString().matches(".*\"parked\":[1-9].*"));
      // Metrics are read afresh every five seconds.
      Report sick = report(server.home(), server.port(), Map.of());
      while (!sick.state("parked").equals("sick")) {
        sick = report(server.home(), server.port(), Map.of());
      }
      assertThat(sick.status()).isOne();
      assertThat(sick.text("parked")).contains("users.profiles").contains("retry");

      Report elsewhere = report(server.home(), RunningServer.freePort(), Map.of());
      assertThat(elsewhere.state("port")).isEqualTo("warning");

      long postgres =
          Long.parseLong(
              Files.readAllLines(server.home().resolve("postgres/data/postmaster.pid"))
                  .getFirst()
                  .strip());
      server.kill();
      ProcessHandle.of(postgres).ifPresent(process -> process.onExit().join());
    }
    Path home = folder.resolve("home");
    Report killed = report(home, RunningServer.freePort(), Map.of());
    assertThat(killed.state("server")).as(killed.output()).isEqualTo("warning");
    assertThat(killed.state("lock")).isEqualTo("ok");

    Path data = home.resolve("postgres").resolve("data");
    Files.deleteIfExists(data.resolve("postmaster.pid"));
    Files.writeString(data.resolve("postmaster.pid"), "999999\n" + data + "\n");
    Report stale = report(home, RunningServer.freePort(), Map.of());
    assertThat(stale.state("postgresql")).isEqualTo("warning");
    assertThat(stale.text("postgresql")).contains("999999").contains("recovers");
    Files.delete(data.resolve("postmaster.pid"));

    Path key = home.resolve("keys").resolve("master.key");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertSick(report(home, RunningServer.freePort(), Map.of()), "master-key", "chmod 600");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    String kept = Files.readString(key);
    Files.writeString(key, "not a key\n");
    assertSick(report(home, RunningServer.freePort(), Map.of()), "master-key", "back-up");
    Files.delete(key);
    Report lost = report(home, RunningServer.freePort(), Map.of());
    assertSick(lost, "master-key", "missing");
    assertThat(lost.output()).doesNotContain(kept.strip());

    Files.writeString(data.resolve("PG_VERSION"), "17\n");
    assertSick(report(home, RunningServer.freePort(), Map.of()), "postgresql", "PostgreSQL 17");
  }

  @Test
  void aCheckThatFailsIsAFindingAndTheOthersAreMadeAllTheSame() throws Exception {
    Files.writeString(Files.createDirectory(folder.resolve("run")).resolve("operator.token"), "t");
    HttpServer half = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    half.createContext("/", HttpExchange::close);
    half.createContext("/api/v1/operator/keys", exchange -> answer(exchange, "{}"));
    half.createContext("/health/ready", exchange -> answer(exchange, "no document"));
    half.start();
    try {
      Report report = report(folder, half.getAddress().getPort(), Map.of());

      assertSick(report, "live", "It can't be examined");
      assertSick(report, "ready", "It can't be examined");
      assertSick(report, "metrics", "It can't be examined");
      assertThat(report.state("mail")).isEqualTo("ok");
    } finally {
      half.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, text.length());
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
    exchange.close();
  }

  @Test
  void saysWhoHasThePort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Report report = report(folder, taken.getLocalPort(), Map.of());
      assertSick(report, "port", "process " + ProcessHandle.current().pid() + " (java)");
    }
  }

  @Test
  void anOpenFolderFewInodesAMailServerThatIsAwayAndAnOldCertificate() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    Certificates.make(folder, "-90d");
    Report report =
        report(
            home,
            RunningServer.freePort(),
            Map.of(
                "HEYBLUE_FREE_INODES",
                "12",
                "HEYBLUE_NOTIFICATIONS_FROM",
                "HeyBlue <hello@heyblue.example>",
                "QUARKUS_MAILER_HOST",
                "127.0.0.1",
                "QUARKUS_MAILER_PORT",
                String.valueOf(RunningServer.freePort()),
                "HEYBLUE_TLS_CERT",
                folder.resolve("cert.pem").toString(),
                "HEYBLUE_TLS_KEY",
                folder.resolve("key.pem").toString()));
    assertThat(report.state("folder")).isEqualTo("warning");
    assertSick(report, "inodes", "12 more files");
    assertSick(report, "mail", "can't be reached");
    assertSick(report, "tls", "expired");

    Certificates.make(folder, "-20d");
    Report soon =
        report(
            home,
            RunningServer.freePort(),
            Map.of(
                "HEYBLUE_TLS_CERT", folder.resolve("cert.pem").toString(),
                "HEYBLUE_TLS_KEY", folder.resolve("key.pem").toString()));
    assertThat(soon.state("tls")).isEqualTo("warning");
    assertThat(soon.status()).isZero();
  }

  @Test
  void aDatabaseElsewhereThatIsAwayUnsafeOrStrange() throws Exception {
    Report away = report(folder, RunningServer.freePort(), elsewhere(RunningServer.freePort()));
    assertSick(away, "database", "can't be reached");
    assertThat(away.output()).doesNotContain("quokka-secret");

    Path binaries = RunningServer.shared().home().resolve("postgres").resolve("binaries");
    try (EmbeddedPostgres unsafe =
        EmbeddedPostgres.start(folder.resolve("other"), binaries, Map.of("fsync", "off"))) {
      DatabaseUrl url = unsafe.url();
      Report report =
          report(
              folder,
              RunningServer.freePort(),
              Map.of(
                  "HEYBLUE_DATABASE_URL",
                  "postgresql://%s:%s@127.0.0.1:%d/%s"
                      .formatted(
                          url.user(),
                          url.password(),
                          unsafe.port(),
                          url.jdbcUrl().replaceFirst(".*/", ""))));
      assertSick(report, "fsync", "fsync");
      assertThat(report.state("migrations")).isEqualTo("warning");
      assertThat(report.state("clock")).isEqualTo("ok");
      assertSick(
          report(folder, RunningServer.freePort(), elsewhere(unsafe.port())),
          "database",
          "password");
    }
  }

  @Test
  void settingsThatCantBeReadAndLinesForPeople() throws Exception {
    assertSick(
        report(folder, RunningServer.freePort(), Map.of("HEYBLUE_HOST", "no.such.host.invalid")),
        "settings",
        "HEYBLUE_HOST");
    RunningServer.Finished lines =
        RunningServer.run(folder.resolve("new"), RunningServer.freePort(), Map.of(), "doctor");
    assertThat(lines.status()).isZero();
    assertThat(lines.output().lines())
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches("(ok|warning) +[a-z-]+ +.*|All is well\\." + "|0 sick, .*"));
    assertThat(folder.resolve("new").resolve("postgres")).doesNotExist();
  }

  private static Map<String, String> elsewhere(int port) {
    return Map.of(
        "HEYBLUE_DATABASE_URL",
        "postgresql://heyblue:quokka-secret@127.0.0.1:" + port + "/heyblue");
  }

  private static void assertSick(Report report, String check, String text) {
    assertThat(report.state(check)).as(report.output()).isEqualTo("sick");
    assertThat(report.text(check)).contains(text);
    assertThat(report.status()).isOne();
  }

  private static Report report(Path home, int port, Map<String, String> environment)
      throws Exception {
    RunningServer.Finished finished =
        RunningServer.run(home, port, new HashMap<>(environment), "doctor", "--json");
    JsonNode report =
        Json.mapper().readTree(finished.output().substring(finished.output().indexOf('{')));
    Map<String, List<String>> findings = new LinkedHashMap<>();
    for (JsonNode finding : report.path("findings")) {
      findings.put(
          finding.path("check").asText(),
          List.of(finding.path("state").asText(), finding.path("text").asText()));
    }
    assertThat(report.path("sick").asBoolean()).isEqualTo(finished.status() == 1);
    return new Report(finished.status(), findings, finished.output());
  }

  /** An event that no consumer of users can read, as a writer with a bug would append it. */
  private static void poison(RunningServer server) throws Exception {
    server.execute(
        """
        insert into messaging.inbox (stream, id, type, key, time, data)
        values ('users', gen_random_uuid(), 'app.heyblue.user.created.v1', 'poison', now(),
          '{"userId": "nobody"}')
        """);
  }
}
