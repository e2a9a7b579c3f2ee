package app.heyblue.security.tokens;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code security.signing_key}; the keys themselves are keys of the house. */
final class SigningKeyTable {
  private SigningKeyTable() {}

  record Row(String name, Instant publishedAt, Instant signsFrom, boolean revokesEarlier) {}

  /** Lets no other process change the keys until the transaction ends. */
  static void lock(Handle tx) {
    tx.execute("select pg_advisory_xact_lock(hashtextextended('security.signing_key', 0))");
  }

  static List<Row> all(Handle tx) {
    return tx.createQuery(
            """
            select name, published_at, signs_from, revokes_earlier from security.signing_key
            order by signs_from
            """)
        .map(
            (row, context) ->
                new Row(
                    row.getString(1),
                    row.getTimestamp(2).toInstant(),
                    row.getTimestamp(3).toInstant(),
                    row.getBoolean(4)))
        .list();
  }

  static void insert(Handle tx, Row row) {
    tx.createUpdate(
            """
            insert into security.signing_key (name, published_at, signs_from, revokes_earlier)
            values (:name, :publishedAt, :signsFrom, :revokesEarlier)
            """)
        .bind("name", row.name())
        .bind("publishedAt", row.publishedAt())
        .bind("signsFrom", row.signsFrom())
        .bind("revokesEarlier", row.revokesEarlier())
        .execute();
  }

  static void delete(Handle tx, String name) {
    tx.createUpdate("delete from security.signing_key where name = :name")
        .bind("name", name)
        .execute();
  }
}
