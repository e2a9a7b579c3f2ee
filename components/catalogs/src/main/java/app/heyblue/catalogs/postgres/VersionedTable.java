package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.lists.StagedRow;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A list of entries under a key, kept by generation, with a staging table beside it. Its columns
 * are all that is known of an entry, so rows are compared by them.
 */
public final class VersionedTable implements Versions {
  public static final VersionedTable PUBLICATION_78 =
      new VersionedTable(
          "publication78",
          "publication78",
          "ein",
          List.of("name", "city", "state", "country", "codes"),
          "''");
  public static final VersionedTable FAMILIES =
      new VersionedTable(
          "families",
          "family",
          "case_fingerprint",
          List.of("state", "zip3", "cause", "valid_until"),
          "%s.state");

  /** Rows of the file that one transaction writes. */
  private static final long SLICE = 50_000;

  private final String pointer;
  private final String table;
  private final String key;
  private final List<String> columns;
  private final String state;
  private final Reversal reversal;

  /**
   * @param state how an entry tells which part of the whole it belongs to, with a place for the
   *     table's alias; a file covers the parts that it has rows of
   */
  private VersionedTable(
      String pointer, String table, String key, List<String> columns, String state) {
    this.pointer = pointer;
    this.table = table;
    this.key = key;
    this.columns = columns;
    this.state = state;
    this.reversal = new Reversal(table, key);
  }

  /** Rows in PostgreSQL's text format for COPY, waiting to be sent together. */
  public static final class Batch {
    private final StringBuilder text = new StringBuilder();
    private int rows;

    public int rows() {
      return rows;
    }

    /** A bad row without a key leaves nothing behind. */
    public void add(long line, StagedRow row, int columns) {
      rows++;
      switch (row) {
        case StagedRow.Good(String key, List<@Nullable String> values) -> {
          text.append(escaped(key)).append('\t').append(line).append("\tf");
          values.forEach(value -> text.append('\t').append(escaped(value)));
          text.append('\n');
        }
        case StagedRow.Bad(String key) -> {
          if (key != null) {
            text.append(escaped(key)).append('\t').append(line).append("\tt");
            text.repeat("\t\\N", columns).append('\n');
          }
        }
      }
    }

    private static String escaped(@Nullable String value) {
      return value == null ? "\\N" : value.replace("\\", "\\\\");
    }
  }

  /** How many values a row has beside its key. */
  public int columns() {
    return columns.size();
  }

  @Override
  public String pointer() {
    return pointer;
  }

  @Override
  public long visible(Handle tx) {
    return tx.createQuery("select generation from catalogs.catalog where name = :name")
        .bind("name", pointer)
        .mapTo(Long.class)
        .one();
  }

  @Override
  public void clearStaging(Handle tx) {
    tx.execute(sql("truncate catalogs.{table}_staging"));
  }

  public void copy(Handle tx, Batch batch) {
    try {
      tx.getConnection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              sql(
                  "copy catalogs.{table}_staging ({key}, line, bad, {columns}) from stdin"
                      + " (format text, encoding 'UTF8')"),
              new StringReader(batch.text.toString()));
    } catch (SQLException e) {
      throw new IllegalStateException("COPY failed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Leaves one row for each key, the first good one where there is any, and tells how many good
   * ones it threw out.
   */
  public long removeDuplicates(Handle tx) {
    return tx.createQuery(
            sql(
                """
                with ranked as (
                  select ctid, row_number() over (partition by {key} order by bad, line) as place
                  from catalogs.{table}_staging),
                gone as (
                  delete from catalogs.{table}_staging s using ranked r
                  where s.ctid = r.ctid and r.place > 1 returning s.bad)
                select count(*) from gone where not bad
                """))
        .mapTo(Long.class)
        .one();
  }

  /** Lets the planner know how much there is. */
  public void analyze(Handle connection) {
    connection.execute(sql("analyze catalogs.{table}_staging"));
    connection.execute(sql("analyze catalogs.{table}"));
  }

  /**
   * Compares the staged rows with a generation.
   *
   * @param lastKey the file's last, where it is sorted; else null
   */
  public Difference compare(Handle tx, long base, @Nullable String lastKey) {
    List<Difference.OfState> states =
        tx.createQuery(
                sql(
                    """
                    with covered as (
                      select {state:s} as state, count(*) as in_file
                      from catalogs.{table}_staging s where not s.bad group by 1),
                    before as (
                      select {state:c} as state, count(*) as in_catalog,
                        count(*) filter (where s.{key} is null) as gone,
                        count(*) filter (where s.{key} is null and c.{key}::text > :last) as beyond
                      from catalogs.{table} c
                      left join catalogs.{table}_staging s on s.{key} = c.{key}
                      where c.since <= :base and :base < c.until group by 1)
                    select state, in_file, coalesce(in_catalog, 0), coalesce(gone, 0),
                      coalesce(beyond, 0)
                    from covered left join before using (state) order by state
                    """))
            .bind("base", base)
            .bind("last", lastKey)
            .map(
                (row, context) ->
                    new Difference.OfState(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5)))
            .list();
    return tx.createQuery(
            sql(
                """
                select count(*) filter (where c.{key} is null),
                  count(*) filter (
                    where c.{key} is not null and ({columns:s}) is distinct from ({columns:c}))
                from catalogs.{table}_staging s
                left join catalogs.{table} c
                  on c.{key} = s.{key} and c.since <= :base and :base < c.until
                where not s.bad
                """))
        .bind("base", base)
        .map((row, context) -> new Difference(row.getLong(1), row.getLong(2), states))
        .one();
  }

  /** After how many lines of the file the next transaction begins. */
  public long slice() {
    return SLICE;
  }

  /** Begins what differs among the lines from this one on; seen from {@code base}, nothing. */
  public void begin(Handle tx, long base, long generation, long fromLine) {
    tx.createUpdate(
            sql(
                """
                insert into catalogs.{table} ({key}, since, {columns})
                select s.{key}, :generation, {columns:s}
                from catalogs.{table}_staging s
                left join catalogs.{table} c
                  on c.{key} = s.{key} and c.since <= :base and :base < c.until
                where s.line >= :from and s.line < :from + :slice and not s.bad
                  and (c.{key} is null or ({columns:s}) is distinct from ({columns:c}))
                """))
        .bind("generation", generation)
        .bind("base", base)
        .bind("from", fromLine)
        .bind("slice", SLICE)
        .execute();
  }

  /** Ends what differs or is gone; seen from {@code base}, nothing changes. */
  public void end(Handle tx, long base, long generation, List<String> covered) {
    tx.createUpdate(
            sql(
                """
                update catalogs.{table} e set until = :generation
                from (
                  select c.{key}, c.since
                  from catalogs.{table} c
                  left join catalogs.{table}_staging s on s.{key} = c.{key}
                  where c.since <= :base and :base < c.until
                    and case when s.{key} is null then {state:c} = any(:covered)
                      else not s.bad and ({columns:s}) is distinct from ({columns:c}) end) ended
                where e.{key} = ended.{key} and e.since = ended.since
                """))
        .bind("generation", generation)
        .bind("base", base)
        .bindArray("covered", String.class, covered)
        .execute();
  }

  @Override
  public void show(Handle tx, long generation) {
    tx.createUpdate(
            sql(
                """
                update catalogs.catalog set generation = :generation,
                  loaded = exists (
                    select from catalogs.{table} where since <= :generation and :generation < until)
                where name = :name
                """))
        .bind("generation", generation)
        .bind("name", pointer)
        .execute();
  }

  @Override
  public void discard(Handle tx, long generation) {
    tx.createUpdate(sql("delete from catalogs.{table} where since = :generation"))
        .bind("generation", generation)
        .execute();
    tx.createUpdate(sql("update catalogs.{table} set until = default where until = :generation"))
        .bind("generation", generation)
        .execute();
  }

  @Override
  public Reversal reversal() {
    return reversal;
  }

  @Override
  public void prune(Handle tx, long before) {
    tx.createUpdate(sql("delete from catalogs.{table} where until < :before"))
        .bind("before", before)
        .execute();
  }

  /** Fills in the names of this table; they are constants of this class. */
  private String sql(String template) {
    return template
        .replace("{table}", table)
        .replace("{key}", key)
        .replace("{columns}", String.join(", ", columns))
        .replace("{columns:s}", columnsOf("s"))
        .replace("{columns:c}", columnsOf("c"))
        .replace("{state:s}", state.formatted("s"))
        .replace("{state:c}", state.formatted("c"));
  }

  private String columnsOf(String alias) {
    return columns.stream().map(column -> alias + "." + column).collect(Collectors.joining(", "));
  }
}
