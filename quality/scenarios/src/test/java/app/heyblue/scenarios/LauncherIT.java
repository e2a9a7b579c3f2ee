package app.heyblue.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a clone whose build and whose JDK are but scripts. */
class LauncherIT {
  private static final Path LAUNCHER = Path.of("../../heyblue");
  private static final String SERVER = "apps/server/target/quarkus-app/quarkus-run.jar";
  private static final String SIEGE = "quality/siege/target/quarkus-app/quarkus-run.jar";
  // Builds as soon as it may, and tells of it.
  private static final String BUILD =
      """
      #!/bin/sh
      echo "begins $*" >> builds
      until [ -e finish ]; do sleep 0.05; done
      [ -e broken ] && { echo '[ERROR] broken'; exit 1; }
      case $* in
        *quality/siege*) made=%s ;;
        *) made=%s ;;
      esac
      mkdir -p "$(dirname "$made")"
      touch "$made"
      """
          .formatted(SIEGE, SERVER);

  @TempDir Path folder = Path.of("");
  private final List<Command> commands = new ArrayList<>();

  /** A command of the launcher that was started. */
  private record Command(Process process, Path output) {
    String said() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    int status() throws InterruptedException {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(said()).isTrue();
      return process.exitValue();
    }

    /** As {@code kill -9} does, with what it had started. */
    void kill() throws InterruptedException {
      List<ProcessHandle> started = process.descendants().toList();
      process.destroyForcibly().waitFor();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @BeforeEach
  void layOut() throws IOException {
    for (String sources :
        List.of("foundation", "components", "apps", "quality/siege", "quality/testing")) {
      Files.createDirectories(folder.resolve(sources));
    }
    Files.writeString(folder.resolve("pom.xml"), "<project/>");
    Files.copy(LAUNCHER, folder.resolve("heyblue"));
    script("mvnw", BUILD);
    script("jdk/bin/javac", "#!/bin/sh\n");
    script("jdk/bin/java", "#!/bin/sh\necho \"java $*\"\n");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
  }

  @AfterEach
  void killAll() throws InterruptedException {
    for (Command command : commands) {
      command.kill();
    }
  }

  @Test
  void ofTwoCommandsAtOnceOneBuildsAndTheOtherWaitsAndFindsItBuilt() throws Exception {
    Command first = start("tour");
    await("the first builds", () -> builds() == 1);
    Command second = start("tour");
    await("the second waits", () -> second.said().contains("waiting for it"));
    finish();

    assertThat(first.status()).as(first.said()).isZero();
    assertThat(second.status()).as(second.said()).isZero();
    assertThat(builds()).isEqualTo(1);
    assertThat(second.said()).contains("process " + first.process().pid(), SERVER + " tour");
  }

  @Test
  void whatAKilledBuildHasLeftIsBuiltAnewAndHindersNobody() throws Exception {
    Command killed = start("tour");
    await("it builds", () -> builds() == 1);
    Files.createDirectories(folder.resolve(SERVER).getParent());
    Files.createFile(folder.resolve(SERVER)); // as far as it got
    killed.kill();
    finish();

    Command one = start("tour");
    Command another = start("tour");

    assertThat(one.status()).as(one.said()).isZero();
    assertThat(another.status()).as(another.said()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void whoWaitsForABuildThatFailsBuildsItself() throws Exception {
    Files.createFile(folder.resolve("broken"));
    Command first = start("tour");
    await("the first builds", () -> builds() == 1);
    Command second = start("tour");
    await("the second waits", () -> second.said().contains("waiting for it"));
    finish();

    assertThat(first.status()).isOne();
    assertThat(second.status()).isOne();
    assertThat(builds()).isEqualTo(2);
    assertThat(second.said()).contains("The build failed");
  }

  @Test
  void theSiegeIsBuiltWhenItIsOldAndNeverWithTheServersOwnProgram() throws Exception {
    finish();
    assertThat(start("siege", "--short").status()).isZero();
    Command again = start("siege", "--short");

    assertThat(again.status()).as(again.said()).isZero();
    assertThat(again.said()).contains("app.heyblue.siege.Siege --short");
    assertThat(Files.readAllLines(folder.resolve("builds")))
        .singleElement()
        .asString()
        .contains("-Dheyblue.server.keep=true");

    Files.createFile(folder.resolve("quality/siege/Newer.java"));
    assertThat(start("siege").status()).isZero();
    assertThat(builds()).isEqualTo(2);
  }

  private Command start(String... arguments) throws IOException {
    Path output = Files.createTempFile(folder, "command", ".log");
    List<String> line = new ArrayList<>(List.of("sh", folder.resolve("heyblue").toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    Command command = new Command(builder.start(), output);
    commands.add(command);
    return command;
  }

  private void finish() throws IOException {
    Files.createFile(folder.resolve("finish"));
  }

  private int builds() {
    try {
      Path builds = folder.resolve("builds");
      return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void script(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
