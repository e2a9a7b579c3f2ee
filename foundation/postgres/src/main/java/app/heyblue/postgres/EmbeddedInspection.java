package app.heyblue.postgres;

import app.heyblue.postgres.embedded.Remains;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What can be seen of the embedded database from outside, whether it runs or not; changes nothing.
 *
 * @param made whether there are data
 * @param foreignOwner to whom the data belong, if not to the user who looks
 * @param written the major version of PostgreSQL that wrote the data; empty without data
 * @param brought the major version that this build carries
 * @param programs whether PostgreSQL's programs of this build are unpacked
 * @param holder the process that runs HeyBlue on these data; empty where none does
 * @param server the process id of PostgreSQL, while it runs
 * @param leftover the process id in a file of a PostgreSQL that was killed
 * @param state what PostgreSQL noted of itself last
 * @param complaints its last fatal words, oldest first
 * @param url where it is while it runs
 */
public record EmbeddedInspection(
    boolean made,
    Optional<String> foreignOwner,
    String written,
    String brought,
    boolean programs,
    Optional<String> holder,
    Optional<Long> server,
    Optional<Long> leftover,
    ControlState state,
    List<String> complaints,
    Optional<DatabaseUrl> url) {

  /** The state in PostgreSQL's control file (its {@code DBState}). */
  public enum ControlState {
    /** There is no control file, or it can't be read. */
    UNKNOWN,
    SHUT_DOWN,
    /** It runs, or was killed. */
    IN_PRODUCTION,
    /** It starts, stops or recovers, or was killed while it did. */
    BETWEEN
  }

  /** Looks at the database of a home. */
  public static EmbeddedInspection of(Path home) {
    return Remains.inspect(home.resolve("postgres"));
  }
}
