package app.heyblue.server;

import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.postgres.EmbeddedPostgres;
import app.heyblue.postgres.StartupFailure;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts everything and stays in the foreground until SIGTERM or Ctrl-C. */
@Command(name = "run", description = "Starts HeyBlue and stays in the foreground.")
final class RunCommand implements Callable<Integer> {
  private static final int STOP_SECONDS = 20;

  @Option(names = "--empty", description = "On the first start, load no demo data.")
  private boolean empty;

  /** The command as it's usually typed; empty for every other line of arguments. */
  static Optional<RunCommand> plain(String... args) {
    RunCommand command = new RunCommand();
    command.empty = List.of(args).equals(List.of("run", "--empty"));
    return command.empty || List.of(args).equals(List.of("run"))
        ? Optional.of(command)
        : Optional.empty();
  }

  @Override
  public Integer call() {
    return run(Installation.of(System.getenv()), empty);
  }

  /** Runs an installation until it's stopped. */
  static int run(Installation installation, boolean empty) {
    boolean demo = decideDemo(installation, empty);
    Listening listening = Listening.of(installation, demo);
    Watching watching = Watching.of(System.getenv());
    requireFree(installation);
    // The JDK's flight recorder, which Netty would load at every start.
    System.setProperty("io.netty.jfr.enabled", "false");
    System.setProperty("heyblue.home", installation.home().toString());
    System.setProperty("heyblue.demo", String.valueOf(demo));
    listening.settings().forEach(System::setProperty);
    watching.settings().forEach(System::setProperty);
    try {
      if (installation.databaseUrl().isPresent()) {
        use(DatabaseUrl.parse(installation.databaseUrl().get()));
        return serve();
      }
      return serveWithEmbedded(installation);
    } catch (StartupFailure e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }

  /** PostgreSQL stops after the rooms have, and the program ends after PostgreSQL has. */
  private static int serveWithEmbedded(Installation installation) {
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitStop(stopped), "heyblue-stop"));
    prepareMeanwhile();
    try (EmbeddedPostgres postgres = startPostgres(installation)) {
      use(postgres.url());
      return serve();
    } finally {
      stopped.countDown();
    }
  }

  private static void awaitStop(CountDownLatch stopped) {
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("PostgreSQL takes long to stop; its guard finishes that.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Has the framework do the part of its start that needs no database while PostgreSQL starts. What
   * fails in it is told when the framework is started.
   */
  private static void prepareMeanwhile() {
    Thread preparing =
        new Thread(
            () -> {
              try {
                Class.forName(
                    Application.APP_CLASS_NAME,
                    true,
                    Thread.currentThread().getContextClassLoader());
              } catch (ClassNotFoundException | LinkageError e) {
                // Comes up again in serve().
              }
            },
            "heyblue-prepare");
    preparing.setDaemon(true);
    preparing.start();
  }

  private static EmbeddedPostgres startPostgres(Installation installation) {
    long begin = System.nanoTime();
    System.out.println("Starting PostgreSQL in " + installation.home().resolve("postgres") + " …");
    EmbeddedPostgres postgres = EmbeddedPostgres.start(installation.home());
    System.out.printf(
        "PostgreSQL is ready after %.1f s.%n",
        Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    return postgres;
  }

  private static void use(DatabaseUrl url) {
    System.setProperty("quarkus.datasource.jdbc.url", url.jdbcUrl());
    System.setProperty("quarkus.datasource.username", url.user());
    System.setProperty("quarkus.datasource.password", url.password());
  }

  private static int serve() {
    AtomicInteger status = new AtomicInteger();
    Quarkus.run(
        Server.class,
        (code, failure) -> {
          status.set(code);
          if (failure != null) {
            Throwable root = failure;
            while (root.getCause() != null) {
              root = root.getCause();
            }
            System.err.println("HeyBlue could not start: " + root.getMessage());
          }
        });
    return status.get();
  }

  private static boolean decideDemo(Installation installation, boolean empty) {
    if (installation.databaseUrl().isPresent()) {
      if (Town.of(installation.home(), true) == Town.DEMO) {
        throw new CommandFailure(
            "The data folder "
                + installation.home()
                + " holds demo data, which never go with another database; unset"
                + " HEYBLUE_DATABASE_URL or choose another HEYBLUE_HOME.");
      }
      return false;
    }
    return Town.of(installation.home(), empty) == Town.DEMO;
  }

  private static void requireFree(Installation installation) {
    int port = installation.port();
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(installation.host(), port));
    } catch (BindException e) {
      if (String.valueOf(e.getMessage()).contains("assign")) {
        throw new CommandFailure(
            "HEYBLUE_HOST is "
                + installation.host().getHostAddress()
                + ", which is no address of this machine; 0.0.0.0 stands for all of them.");
      }
      throw taken(port);
    } catch (IOException e) {
      throw taken(port);
    }
  }

  private static CommandFailure taken(int port) {
    return new CommandFailure(
        "Port "
            + port
            + " is taken by another program; stop it, or choose another: HEYBLUE_PORT=8081"
            + " ./heyblue run");
  }
}
