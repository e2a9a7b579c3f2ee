package app.heyblue.catalogs.postgres;

import org.jdbi.v3.core.Handle;

/**
 * Writes the opposite of an earlier generation as a new one: what it added goes, what it removed
 * comes back, what it changed is as before. Entries that no generation between them has touched for
 * good, since those are undone first.
 */
public final class Reversal {
  private final String table;
  private final String key;

  Reversal(String table, String key) {
    this.table = "catalogs." + table;
    this.key = key;
  }

  /** What the opposite of a generation adds, changes and removes. */
  public RefreshTable.Counts counts(Handle tx, long undone) {
    return tx.createQuery(
            """
            select count(*) filter (where n.key is null), count(*) filter (where n.key = o.key),
              count(*) filter (where o.key is null)
            from (select %2$s as key from %1$s where until = :undone) o
            full join (select %2$s as key from %1$s where since = :undone) n on n.key = o.key
            """
                .formatted(table, key))
        .bind("undone", undone)
        .map(
            (row, context) ->
                new RefreshTable.Counts(row.getLong(1), row.getLong(2), row.getLong(3)))
        .one();
  }

  /** Ends what is visible of all that the generation touched; seen from {@code base}, nothing. */
  public void end(Handle tx, long undone, long base, long generation) {
    tx.createUpdate(
            """
            update %1$s set until = :generation
            where since <= :base and :base < until and %2$s in (
              select %2$s from %1$s where since = :undone
              union select %2$s from %1$s where until = :undone)
            """
                .formatted(table, key))
        .bind("undone", undone)
        .bind("base", base)
        .bind("generation", generation)
        .execute();
  }

  /** Begins anew, with all columns, what the generation had ended. */
  public void begin(Handle tx, long undone, long generation) {
    String columns =
        tx.createQuery(
                """
                select string_agg(quote_ident(attname), ', ' order by attnum)
                from pg_catalog.pg_attribute
                where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped
                  and attgenerated = '' and attname not in ('since', 'until')
                """)
            .bind("table", table)
            .mapTo(String.class)
            .one();
    tx.createUpdate(
            """
            insert into %1$s (%2$s, since)
            select %2$s, :generation from %1$s where until = :undone
            """
                .formatted(table, columns))
        .bind("undone", undone)
        .bind("generation", generation)
        .execute();
  }
}
