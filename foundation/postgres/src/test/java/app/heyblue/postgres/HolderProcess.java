package app.heyblue.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process of its own that runs a database, commits a row and waits to be killed. */
record HolderProcess(Process process, ProcessHandle postgres) {

  static HolderProcess start(Path home) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                HolderProcess.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line; (line = out.readLine()) != null; ) {
      if (line.startsWith("postgres ")) {
        long pid = Long.parseLong(line.substring("postgres ".length()));
        return new HolderProcess(process, ProcessHandle.of(pid).orElseThrow());
      }
    }
    throw new IOException("the process ended before its database was ready");
  }

  public static void main(String... arguments) throws InterruptedException {
    EmbeddedPostgres postgres = Postgres.start(Path.of(arguments[0]));
    Postgres.database(postgres)
        .useTransaction(
            tx -> {
              tx.execute("create table if not exists kept (n int)");
              tx.execute("insert into kept values (1)");
            });
    System.out.println("postgres " + postgres.pid());
    new CountDownLatch(1).await();
  }
}
