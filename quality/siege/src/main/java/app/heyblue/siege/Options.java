package app.heyblue.siege;

import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What kind of siege, and how long. */
final class Options {
  @Option(
      names = "--rounds",
      defaultValue = "30",
      description = "How often something is killed; ${DEFAULT-VALUE} without it.")
  int rounds;

  @Option(
      names = "--clients",
      defaultValue = "64",
      description = "How many act at once; ${DEFAULT-VALUE} without it.")
  int clients;

  @Option(
      names = "--seconds-between",
      defaultValue = "3",
      description = "Seconds of work before each kill; ${DEFAULT-VALUE} without it.")
  int secondsBetween;

  @Option(
      names = "--fault-seconds",
      defaultValue = "60",
      description =
          "How long the database is away, the disk is full and each jump of the clock lasts;"
              + " ${DEFAULT-VALUE} without it.")
  int faultSeconds;

  @Option(
      names = "--seed",
      description = "The same wishes of the same clients; another each time without it.")
  long seed = System.nanoTime();

  @Option(
      names = "--only",
      split = ",",
      description = "Only these, with commas: ${COMPLETION-CANDIDATES}; all of them without it.")
  Scenario[] only = Scenario.values();

  @Option(
      names = "--folder",
      description = "Where the data folders are made; the system's temporary folder without it.")
  Path folder = Path.of(System.getProperty("java.io.tmpdir"));

  @Option(names = "--keep", description = "Leave the data folders for looking at.")
  boolean keep;

  /** What is done to the server. */
  enum Scenario {
    KILLS,
    DATABASE_AWAY,
    CLOCK,
    DISK_FULL
  }

  Duration between() {
    return Duration.ofSeconds(secondsBetween);
  }

  Duration fault() {
    return Duration.ofSeconds(faultSeconds);
  }
}
