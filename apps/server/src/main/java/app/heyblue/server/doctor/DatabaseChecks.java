package app.heyblue.server.doctor;

import app.heyblue.kernel.KernelBeans;
import app.heyblue.postgres.DatabaseInspection;
import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.postgres.EmbeddedInspection;
import app.heyblue.postgres.EmbeddedInspection.ControlState;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The database, from its files and from a connection to it. */
final class DatabaseChecks {
  /** The schemas of all rooms that keep something. */
  static final List<String> SCHEMAS =
      List.of(
          "catalogs",
          "encounters",
          "messaging",
          "notifications",
          "onboarding",
          "rules",
          "scoring",
          "security",
          "users");

  private static final Duration SKEW = Duration.ofSeconds(2);
  private static final Duration FAR_OFF = Duration.ofSeconds(30);

  private DatabaseChecks() {}

  static List<Finding> embedded(EmbeddedInspection found) {
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            "lock",
            found
                .holder()
                .map(process -> "HeyBlue runs on these data (process " + process + ").")
                .orElse("Nobody runs on these data.")));
    if (!found.made()) {
      findings.add(Finding.ok("postgresql", "The database will be made on the first start."));
      return findings;
    }
    findings.add(data(found));
    if (!found.complaints().isEmpty()) {
      findings.add(
          Finding.warning(
              "postgres-log",
              "The last complaint: %s. See postgres/postgres.log."
                  .formatted(found.complaints().getLast())));
    }
    return findings;
  }

  private static Finding data(EmbeddedInspection found) {
    if (found.foreignOwner().isPresent()) {
      String owner = found.foreignOwner().get();
      return Finding.sick("postgresql", "The data belong to " + owner + "; act as " + owner + ".");
    }
    if (!found.written().equals(found.brought())) {
      return Finding.sick(
          "postgresql",
          "The data were written by PostgreSQL %s, and this HeyBlue brings %s: start the HeyBlue that wrote them."
              .formatted(found.written(), found.brought()));
    }
    if (found.state() == ControlState.UNKNOWN) {
      return Finding.sick(
          "postgresql", "Its control file can't be read: put the database back from a back-up.");
    }
    if (found.server().isPresent()) {
      return found.holder().isPresent()
          ? Finding.ok("postgresql", "It runs (process " + found.server().get() + ").")
          : Finding.warning(
              "postgresql",
              "A PostgreSQL of an earlier run still ends (process %d); the next start waits for it."
                  .formatted(found.server().get()));
    }
    if (found.holder().isPresent()) {
      return Finding.sick(
          "postgresql",
          "HeyBlue runs but its PostgreSQL doesn't; it tries again by itself. See"
              + " postgres/postgres.log for why.");
    }
    if (found.leftover().isPresent()) {
      return Finding.warning(
          "postgresql",
          "It was killed (process %d is gone). The next start recovers what was committed."
              .formatted(found.leftover().get()));
    }
    if (found.state() != ControlState.SHUT_DOWN) {
      return Finding.warning(
          "postgresql", "It was cut off. The next start recovers what was committed.");
    }
    return Finding.ok(
        "postgresql",
        "Version %s, shut down in order%s."
            .formatted(
                found.written(),
                found.programs() ? "" : "; its programs are unpacked on the next start"));
  }

  static List<Finding> reached(Optional<DatabaseUrl> url) {
    if (url.isEmpty()) {
      return List.of();
    }
    try {
      return inspected(DatabaseInspection.of(url.get(), SCHEMAS, KernelBeans.systemClock()));
    } catch (SQLException e) {
      return List.of(
          Finding.sick(
              "database",
              "%s can't be reached: %s"
                  .formatted(url.get().jdbcUrl().replaceFirst("[?].*", ""), e.getMessage())
                  .strip()));
    }
  }

  static List<Finding> inspected(DatabaseInspection found) {
    return List.of(
        Finding.ok("database", "PostgreSQL " + found.version() + " answers."),
        found.unsafe().isEmpty()
            ? Finding.ok("fsync", "What was committed survives a power cut.")
            : Finding.sick(
                "fsync",
                "Committed work can be lost: %s off. Switch on in postgresql.conf, then reload."
                    .formatted(String.join(", ", found.unsafe()))),
        clock(found.ahead()),
        migrations(found));
  }

  static Finding clock(Duration ahead) {
    Duration off = ahead.abs();
    if (off.compareTo(SKEW) < 0) {
      return Finding.ok("clock", "The database's clock and this machine's agree.");
    }
    String text =
        "The database's clock is %d s %s this machine's; let both follow a time server (chrony)."
            .formatted(off.toSeconds(), ahead.isNegative() ? "behind" : "before");
    return off.compareTo(FAR_OFF) < 0
        ? Finding.warning("clock", text)
        : Finding.sick("clock", text);
  }

  private static Finding migrations(DatabaseInspection found) {
    if (!found.failed().isEmpty()) {
      return Finding.sick(
          "migrations",
          "Failed in %s: start HeyBlue and read what it says."
              .formatted(String.join(", ", found.failed())));
    }
    return found.outdated().isEmpty()
        ? Finding.ok("migrations", "All schemas are as this program wants them.")
        : Finding.warning(
            "migrations",
            "Not as this program has them: %s. The next start applies what is missing; back up before."
                .formatted(String.join(", ", found.outdated())));
  }
}
