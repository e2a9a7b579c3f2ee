package app.heyblue.siege;

import app.heyblue.siege.Options.Scenario;
import app.heyblue.testing.town.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code ./heyblue siege}. Its exit status is 0 where every promise was kept. */
@Command(
    name = "siege",
    mixinStandardHelpOptions = true,
    description =
        "Besieges a server of its own and counts afterwards whether every promise was kept.",
    sortOptions = false)
public final class Siege implements Callable<Integer> {
  private final PrintStream out;
  private final Path jar;
  @Mixin private final Options options = new Options();

  private Siege(Path jar, PrintStream out) {
    this.jar = jar;
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(
        run(Path.of(System.getProperty("heyblue.siege.server", "")), System.out, arguments));
  }

  /**
   * Runs the command.
   *
   * @param jar of the server that is besieged
   * @return the exit status: 0 every promise was kept, 1 one was broken, 2 an option is wrong
   */
  public static int run(Path jar, PrintStream out, String... arguments) {
    return new CommandLine(new Siege(jar, out))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }

  @Override
  public Integer call() throws Exception {
    Scroll scroll = new Scroll(out);
    Set<Scenario> wanted = EnumSet.noneOf(Scenario.class);
    wanted.addAll(List.of(options.only));
    scroll.say("A siege of %d clients, seed %d.", options.clients, options.seed);
    Path folder =
        Files.createTempDirectory(Files.createDirectories(options.folder), "heyblue-siege");
    boolean stands = true;
    boolean ended = false;
    try {
      Set<Scenario> common = EnumSet.copyOf(wanted);
      common.remove(Scenario.DISK_FULL);
      if (!common.isEmpty()) {
        stands = besiege(folder.resolve("home"), common, scroll);
      }
      if (wanted.contains(Scenario.DISK_FULL)) {
        stands &= fillDisk(folder.resolve("disk"), scroll);
      }
      ended = true;
    } finally {
      clear(folder, ended && stands, scroll);
    }
    scroll.say(stands ? "It stands: every promise was kept." : "It fell: see what is BROKEN.");
    return stands ? 0 : 1;
  }

  private boolean fillDisk(Path folder, Scroll scroll) throws IOException, InterruptedException {
    scroll.say("%nDisk full");
    Optional<SmallDisk> disk = SmallDisk.mount(folder, scroll);
    if (disk.isEmpty()) {
      return true;
    }
    try (SmallDisk small = disk.get()) {
      return besiege(small.folder().resolve("home"), EnumSet.of(Scenario.DISK_FULL), scroll);
    }
  }

  private boolean besiege(Path home, Set<Scenario> scenarios, Scroll scroll)
      throws IOException, InterruptedException {
    scroll.say("%nA server starts in %s, and people join …", home);
    try (ServerProcess server = ServerProcess.start(jar, home).awaitReady();
        Crowd crowd = Crowd.gather(server, options.clients, options.seed)) {
      Inspection inspection = Inspection.prepare(crowd);
      for (Scenario scenario : scenarios) {
        switch (scenario) {
          case KILLS -> {
            scroll.say("%nKills (kill -9)");
            new Kills(crowd, options.rounds, options.between(), new Random(options.seed), scroll)
                .run();
          }
          case DATABASE_AWAY -> {
            scroll.say("%nDatabase away (SIGSTOP)");
            new DatabaseAway(crowd, options.fault(), scroll).run();
          }
          case CLOCK -> {
            scroll.say("%nA clock that jumps");
            new ClockJumps(crowd, options.fault(), scroll).run();
          }
          case DISK_FULL -> new DiskFull(crowd, options.fault(), scroll).run();
        }
      }
      scroll.say("%nThe clients finish, and everything is counted");
      crowd.disperse();
      return inspection.passes(scroll);
    }
  }

  private void clear(Path folder, boolean stands, Scroll scroll) throws IOException {
    if (options.keep || !stands) {
      scroll.say("The data stay in %s", folder);
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
