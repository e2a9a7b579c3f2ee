package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.DatabaseUrl;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.postgresql.ds.PGSimpleDataSource;

/** A JVM with the server's heap that imports files one after the other into a test's database. */
final class ImportProcess {
  private ImportProcess() {}

  /** What it prints when it holds. */
  static final String WRITTEN = "WRITTEN";

  private static final String HOLDS = "heyblue.test.holds";

  /** Starts it; it prints the counts of each file as a line. */
  static Process start(DatabaseUrl database, Path home, Path... files) throws IOException {
    return start(false, database, home, files);
  }

  /**
   * Starts one that has written the first file, tells so by {@link #WRITTEN}, and never shows it.
   */
  static Process startOneThatHolds(DatabaseUrl database, Path home, Path file) throws IOException {
    return start(true, database, home, file);
  }

  private static Process start(boolean holds, DatabaseUrl database, Path home, Path... files)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-D" + HOLDS + "=" + holds,
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ImportProcess.class.getName(),
            database.jdbcUrl(),
            database.user(),
            database.password(),
            home.toString()));
    for (Path file : files) {
      command.add(file.toString());
    }
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  public static void main(String[] args) throws Exception {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(args[0]);
    source.setUser(args[1]);
    source.setPassword(args[2]);
    try (World world = new World(Path.of(args[3]), new Database(source))) {
      if (Boolean.getBoolean(HOLDS)) {
        world.beforeShown =
            tx -> {
              System.out.println(WRITTEN);
              new CountDownLatch(1).await();
            };
      }
      for (int i = 4; i < args.length; i++) {
        RefreshStatus done = world.refresh(Path.of(args[i]));
        System.out.printf(
            "%s %d %d %d %d %d%n",
            done.status(),
            done.rowsRead(),
            done.added(),
            done.changed(),
            done.removed(),
            done.rejected());
      }
    }
    System.exit(0);
  }
}
