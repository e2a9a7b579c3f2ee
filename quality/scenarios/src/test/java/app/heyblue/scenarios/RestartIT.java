package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.RunningServer.Finished;
import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting, stopping, and being killed. */
class RestartIT {
  @TempDir Path folder = Path.of("");

  @Test
  void whatWasAcknowledgedSurvivesKillMinusNineOfTheServerAndTokensStayValid() throws Exception {
    Path home = folder.resolve("home");
    int port = RunningServer.freePort();
    Person civilian;
    Person officer;
    RunningServer first = RunningServer.start(home, port).awaitReady();
    try {
      Townspeople town = new Townspeople(first.api());
      civilian = town.join("civilian");
      officer = town.join("officer");
      town.scan(officer, town.qrToken(civilian), key()).orFail();
    } finally {
      first.kill();
    }
    try (RunningServer second = RunningServer.start(home, port).awaitReady()) {
      Townspeople town = new Townspeople(second.api());
      assertThat(town.balance(civilian)).isEqualTo(10);
      assertThat(town.balance(officer)).isEqualTo(10);
      assertThat(town.signIn(civilian.email(), civilian.password(), civilian.deviceId()).userId())
          .isEqualTo(civilian.userId());
    }
  }

  @Test
  void theServerGoesOnAfterKillMinusNineOfPostgresql() throws Exception {
    try (RunningServer server =
        RunningServer.start(folder.resolve("home"), RunningServer.freePort()).awaitReady()) {
      Townspeople town = new Townspeople(server.api());
      Person civilian = town.join("civilian");
      Person officer = town.join("officer");
      long pid =
          Long.parseLong(Files.readAllLines(postmasterFile(server.home())).getFirst().strip());
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      Answer scan;
      do {
        LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
        Answer code = town.post(API + "/qr-codes", civilian.token(), Map.of());
        scan =
            code.isSuccess() ? town.scan(officer, code.body().path("token").asText(), key()) : code;
        assertThat(scan.isSuccess() || scan.status() == 503).as("%s", scan).isTrue();
      } while (!scan.isSuccess() && System.nanoTime() < deadline);
      assertThat(scan.status()).isEqualTo(201);
      assertThat(town.balance(civilian)).isEqualTo(10);
    }
  }

  @Test
  void aSecondInstanceOnTheSameDataAndATakenPortAreEachOneSentence() throws Exception {
    RunningServer shared = RunningServer.shared();
    RunningServer second = RunningServer.start(shared.home(), RunningServer.freePort());
    assertThat(second.awaitEnd()).isNotZero();
    assertThat(second.output()).contains("already running on this data").doesNotContain("\tat ");

    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      RunningServer unlucky = RunningServer.start(folder.resolve("other"), taken.getLocalPort());
      assertThat(unlucky.awaitEnd()).isNotZero();
      assertThat(unlucky.output())
          .contains("Port " + taken.getLocalPort() + " is taken")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void aDemoTownThatCantBeLookedThroughIsOneWarningAndKeepsNobody() throws Exception {
    Path home = folder.resolve("home");
    RunningServer first = RunningServer.start(home, RunningServer.freePort()).awaitReady();
    new Townspeople(first.api()).demoToken("civilian");
    first.execute("alter table onboarding.badge rename to badge_lost");
    first.close();
    try (RunningServer second = RunningServer.start(home, RunningServer.freePort()).awaitReady()) {
      String warning = "The demo town can't be looked through";
      long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!second.output().contains(warning) && System.nanoTime() < deadline) {
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
      assertThat(second.output()).containsOnlyOnce(warning);
      assertThat(second.api().get(API + "/ledger/heads", null).status()).isEqualTo(200);
    }
  }

  @Test
  void sigtermStopsTheServerAndItsPostgresql() throws Exception {
    RunningServer server =
        RunningServer.start(folder.resolve("home"), RunningServer.freePort(), "--empty")
            .awaitReady();
    long pid = Long.parseLong(Files.readAllLines(postmasterFile(server.home())).getFirst().strip());
    assertThat(server.api().get(API + "/demo/people", null).status()).isEqualTo(404);
    assertThat(server.process().supportsNormalTermination()).isTrue();
    server.close();
    assertThat(server.process().isAlive()).isFalse();
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(server.output()).doesNotContain("Exception", "\tat ");
  }

  @Test
  void commandsSayPlainlyThatNoServerRuns() throws Exception {
    RunningServer none =
        RunningServer.start(folder.resolve("none"), RunningServer.freePort(), "--unknown-option");
    assertThat(none.awaitEnd()).isNotZero();
    Finished tour = none.command("tour");
    assertThat(tour.status()).isNotZero();
    assertThat(tour.output()).contains("./heyblue run").doesNotContain("\tat ");
  }

  private static Path postmasterFile(Path home) throws IOException {
    try (var files = Files.walk(home.resolve("postgres"))) {
      return files
          .filter(file -> file.getFileName().toString().equals("postmaster.pid"))
          .findFirst()
          .orElseThrow();
    }
  }
}
