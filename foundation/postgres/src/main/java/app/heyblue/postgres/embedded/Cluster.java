package app.heyblue.postgres.embedded;

import app.heyblue.postgres.StartupFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * PostgreSQL's data directory: made once, in a temporary folder that is moved when it is whole, so
 * that no crash leaves half of one. Sorting and case are those of Unicode code points, the same on
 * every system.
 *
 * <p>HeyBlue's role owns its database and isn't a superuser. The superuser {@code postgres} can't
 * sign in at all; whoever owns the files reaches it by {@code postgres --single}.
 */
public final class Cluster {
  public static final String USER = "heyblue";
  public static final String DATABASE = "heyblue";

  /** Who may sign in, and how; PostgreSQL's {@code pg_hba.conf}. */
  private static final String ACCESS =
      """
      # Written by HeyBlue when it made this database.
      host all heyblue 127.0.0.1/32 scram-sha-256
      """;

  private Cluster() {}

  /** The password of HeyBlue's role, with the data directory made first if there is none. */
  public static String open(Home home, Programs programs) {
    try {
      if (!Files.isDirectory(home.data())) {
        create(home, programs);
      }
      return Files.readString(home.password()).strip();
    } catch (IOException e) {
      throw new StartupFailure(
          "The data in %s can't be opened: %s".formatted(home.root(), e.getMessage()), e);
    }
  }

  private static void create(Home home, Programs programs) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Path temporary = Folders.temporary(home.root());
    String data = temporary.toString();
    programs.run(
        "make a database in " + home.root(),
        "initdb",
        List.of(
            "--pgdata=" + data,
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-instructions",
            "--no-sync"),
        "");
    Files.writeString(temporary.resolve("pg_hba.conf"), ACCESS);
    programs.run(
        "make a database in " + home.root(),
        "postgres",
        List.of("--single", "-c", "fsync=off", "-D", data, "postgres"),
        """
        create role %s login createdb password '%s';
        create database %s owner %s;
        """
            .formatted(USER, password, DATABASE, USER));
    programs.run(
        "make a database in " + home.root(),
        "initdb",
        List.of("--pgdata=" + data, "--sync-only"),
        "");
    Folders.writePrivately(home.password(), password);
    Files.move(temporary, home.data(), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(home.root());
  }
}
