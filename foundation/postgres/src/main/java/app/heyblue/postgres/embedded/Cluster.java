package app.heyblue.postgres.embedded;

import app.heyblue.postgres.StartupFailure;
import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * PostgreSQL's data directory: made once, in a temporary folder that is moved when it is whole, so
 * that no crash leaves half of one. Text sorts by Unicode code points, the same on every system.
 *
 * <p>HeyBlue's role owns its database and isn't a superuser. The superuser {@code postgres} can't
 * sign in at all; whoever owns the files reaches it by {@code postgres --single}.
 */
public final class Cluster {
  public static final String USER = "heyblue";
  public static final String DATABASE = "heyblue";

  /** Who may sign in, and how. */
  private static final String ACCESS =
      """
      # Written by HeyBlue when it made this database.
      host all heyblue 127.0.0.1/32 scram-sha-256
      """;

  private Cluster() {}

  /** The password of HeyBlue's role, with the data directory made first if there is none. */
  public static String open(Home home, Programs programs) throws IOException {
    if (!Files.isDirectory(home.data())) {
      create(home, programs);
    } else {
      requireUsable(home.data());
    }
    return Files.readString(home.password()).strip();
  }

  private static void requireUsable(Path data) throws IOException {
    if (!Files.getAttribute(data, "unix:uid").equals((int) new UnixSystem().getUid())) {
      String owner = Files.getOwner(data).getName();
      throw new StartupFailure(
          "The data in %s belong to %s: start HeyBlue as %s.".formatted(data, owner, owner));
    }
    String written = Files.readString(data.resolve("PG_VERSION")).strip();
    if (!written.equals(Binaries.major())) {
      throw new StartupFailure(
          ("The data in %s were written by PostgreSQL %s, and this HeyBlue brings PostgreSQL %s."
                  + " Start the HeyBlue that wrote them, or move them by pg_upgrade.")
              .formatted(data, written, Binaries.major()));
    }
  }

  private static void create(Home home, Programs programs) throws IOException {
    programs.requireUsable();
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    Path temporary = Folders.temporary(home.root());
    String data = temporary.toString();
    List<String> initdb =
        new ArrayList<>(
            List.of(
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=reject",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                "--no-sync"));
    initdb.addAll(Settings.defaults());
    programs.run("initdb", initdb, "");
    Files.writeString(temporary.resolve("pg_hba.conf"), ACCESS);
    programs.run(
        "postgres",
        List.of("--single", "-c", "fsync=off", "-c", "exit_on_error=on", "-D", data, "postgres"),
        """
        create role %s login createdb password '%s';
        create database %s owner %s;
        """
            .formatted(USER, password, DATABASE, USER));
    programs.run("initdb", List.of("--pgdata=" + data, "--sync-only"), "");
    Folders.writePrivately(home.password(), password);
    Files.move(temporary, home.data(), StandardCopyOption.ATOMIC_MOVE);
    Folders.sync(home.root());
  }
}
