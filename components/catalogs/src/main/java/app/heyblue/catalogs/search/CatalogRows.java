package app.heyblue.catalogs.search;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What the index reads of the catalog's tables. Each call needs a transaction, for its cursor. */
final class CatalogRows {
  private static final int AT_A_TIME = 2000;
  private static final String COLUMNS = "c.ein, c.name, c.city, c.state, c.zip, c.ntee_code";

  /**
   * What a generation did to a charity.
   *
   * @param charity null where it's gone
   */
  record Change(String ein, @Nullable IndexedCharity charity) {}

  /** What readers see now. */
  Stand visible(Handle tx) {
    return tx.createQuery(
            """
            select k.generation, r.id from catalogs.catalog k
            left join catalogs.refresh r on r.generation = k.generation
            where k.name = 'charities'
            """)
        .map((row, context) -> new Stand(row.getLong(1), row.getObject(2, UUID.class)))
        .one();
  }

  /** Whether this is a state that this database had, and not another one. */
  boolean knows(Handle tx, Stand stand) {
    return tx.createQuery(
            """
            select exists (
              select from catalogs.refresh where generation = :generation and id = :refresh)
            and not exists (
              select from catalogs.pruning
              where format = 'eoBmf' and pruned_before > :generation + 1)
            """)
        .bind("generation", stand.generation())
        .bind("refresh", stand.refresh())
        .mapTo(Boolean.class)
        .one();
  }

  /** Every charity of a generation. */
  void all(Handle tx, long generation, Consumer<IndexedCharity> each) {
    read(
        tx.createQuery(
                "select "
                    + COLUMNS
                    + " from catalogs.charity c where c.since <= :to and :to < c.until")
            .bind("to", generation),
        each);
  }

  /** Whether more than {@code many} versions began or ended after one generation, up to another. */
  boolean differByMore(Handle tx, long from, long to, int many) {
    return tx.createQuery(
            """
            select count(*) > :many from (
              select from catalogs.charity
              where since > :from and since <= :to or until > :from and until <= :to
              limit :many + 1) differing
            """)
        .bind("from", from)
        .bind("to", to)
        .bind("many", many)
        .mapTo(Boolean.class)
        .one();
  }

  /**
   * What changed after one generation, up to another; of the EINs from one up to, but not with,
   * another.
   */
  void changes(Handle tx, long from, long to, String first, String end, Consumer<Change> each) {
    try (Stream<Change> rows =
        tx
            .createQuery(
                """
                select t.ein, c.ein is not null as there, c.name, c.city, c.state, c.zip,
                  c.ntee_code
                from (
                  select ein from catalogs.charity
                  where since > :from and since <= :to and ein >= :first and ein < :end
                  union
                  select ein from catalogs.charity
                  where until > :from and until <= :to and ein >= :first and ein < :end) t
                left join catalogs.charity c
                  on c.ein = t.ein and c.since <= :to and :to < c.until
                """)
            .bind("from", from)
            .bind("to", to)
            .bind("first", first)
            .bind("end", end)
            .setFetchSize(AT_A_TIME)
            .map(
                (row, context) ->
                    new Change(row.getString("ein"), row.getBoolean("there") ? charity(row) : null))
            .stream()) {
      rows.forEach(each);
    }
  }

  /** What a generation adds to an empty catalog, of the EINs from one up to another. */
  void added(Handle tx, long generation, String first, String end, Consumer<IndexedCharity> each) {
    read(
        tx.createQuery(
                "select "
                    + COLUMNS
                    + " from catalogs.charity c"
                    + " where c.since = :generation and c.ein >= :first and c.ein < :end")
            .bind("generation", generation)
            .bind("first", first)
            .bind("end", end),
        each);
  }

  private static void read(Query query, Consumer<IndexedCharity> each) {
    try (Stream<IndexedCharity> rows =
        query.setFetchSize(AT_A_TIME).map((row, context) -> charity(row)).stream()) {
      rows.forEach(each);
    }
  }

  private static IndexedCharity charity(ResultSet row) throws SQLException {
    return new IndexedCharity(
        row.getString("ein"),
        row.getString("name"),
        row.getString("city"),
        row.getString("state"),
        row.getString("zip"),
        row.getString("ntee_code"));
  }
}
