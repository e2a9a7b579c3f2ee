package app.heyblue.siege;

import app.heyblue.testing.town.ServerProcess;
import java.io.IOException;

/** Who is killed, by {@code kill -9}. */
enum Victim {
  SERVER("the server"),
  POSTGRES("PostgreSQL"),
  BOTH("both");

  private final String name;

  Victim(String name) {
    this.name = name;
  }

  /** Kills, and starts the server again where that was killed; PostgreSQL the server restarts. */
  void kill(ServerProcess server, boolean everyProcess) throws IOException, InterruptedException {
    switch (this) {
      case SERVER -> {
        server.kill();
        server.restart();
      }
      case POSTGRES -> killPostgres(server, everyProcess);
      case BOTH -> {
        killPostgres(server, everyProcess);
        server.kill();
        server.restart();
      }
    }
  }

  private static void killPostgres(ServerProcess server, boolean everyProcess) {
    if (everyProcess) {
      server.postgres().forEach(ProcessHandle::destroyForcibly);
    } else {
      server.killPostgres();
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
