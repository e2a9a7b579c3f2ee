package app.heyblue.catalogs.postgres;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new generation beside the visible one. What it writes is invisible until {@link #show}
 * moves the pointer, and {@link #discard} takes it away without a trace.
 */
public final class GenerationTable {
  /** The first digits by which a generation is written in short transactions, 00 to 99. */
  public static final int SLICES = 100;

  /** The generation that readers see. */
  public long visible(Handle tx) {
    return tx.createQuery("select generation from catalogs.catalog where name = 'charities'")
        .mapTo(Long.class)
        .one();
  }

  /**
   * Compares the staged rows with a generation.
   *
   * @param lastEin the file's last, where it is sorted; else null
   */
  public Difference compare(Handle tx, long base, @Nullable String lastEin) {
    List<Difference.OfState> states =
        tx.createQuery(
                """
                with covered as (
                  select coalesce(state, '') as state, count(*) as in_file
                  from catalogs.charity_staging where not bad group by 1),
                before as (
                  select coalesce(c.state, '') as state, count(*) as in_catalog,
                    count(*) filter (where s.ein is null) as gone,
                    count(*) filter (where s.ein is null and c.ein > :last) as beyond
                  from catalogs.charity c left join catalogs.charity_staging s on s.ein = c.ein
                  where c.since <= :base and :base < c.until group by 1)
                select state, in_file, coalesce(in_catalog, 0), coalesce(gone, 0),
                  coalesce(beyond, 0)
                from covered left join before using (state) order by state
                """)
            .bind("base", base)
            .bind("last", lastEin)
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
            """
            select count(*) filter (where c.ein is null),
              count(*) filter (where c.fingerprint <> s.fingerprint)
            from catalogs.charity_staging s
            left join catalogs.charity c
              on c.ein = s.ein and c.since <= :base and :base < c.until
            where not s.bad
            """)
        .bind("base", base)
        .map((row, context) -> new Difference(row.getLong(1), row.getLong(2), states))
        .one();
  }

  /** Writes what differs among the EINs of one slice; seen from {@code base}, nothing changes. */
  public void write(Handle tx, long base, long generation, int slice, List<String> covered) {
    String from = startOf(slice);
    tx.createUpdate(
            """
            insert into catalogs.charity
              (ein, since, name, city, state, zip, ntee_code, deductible, fingerprint)
            select s.ein, :generation, s.name, s.city, s.state, s.zip, s.ntee_code, s.deductible,
              s.fingerprint
            from catalogs.charity_staging s
            left join catalogs.charity c
              on c.ein = s.ein and c.ein >= :from and c.ein < :end
                and c.since <= :base and :base < c.until
            where s.ein >= :from and s.ein < :end and not s.bad
              and (c.ein is null or c.fingerprint <> s.fingerprint)
            order by s.ein
            """)
        .bind("generation", generation)
        .bind("base", base)
        .bind("from", from)
        .bind("end", endOf(slice))
        .execute();
    tx.createUpdate(
            """
            update catalogs.charity c set until = :generation
            from (
              select before.ein, before.since
              from catalogs.charity before
              left join catalogs.charity_staging s
                on s.ein = before.ein and s.ein >= :from and s.ein < :end
              where before.ein >= :from and before.ein < :end
                and before.since <= :base and :base < before.until
                and case when s.ein is null then coalesce(before.state, '') = any(:covered)
                  else not s.bad and s.fingerprint <> before.fingerprint end) ended
            where c.ein = ended.ein and c.since = ended.since
            """)
        .bind("generation", generation)
        .bind("base", base)
        .bind("from", from)
        .bind("end", endOf(slice))
        .bindArray("covered", String.class, covered)
        .execute();
  }

  /** Makes a written generation the visible one. */
  public void show(Handle tx, long generation) {
    tx.createUpdate("update catalogs.catalog set generation = :generation where name = 'charities'")
        .bind("generation", generation)
        .execute();
  }

  /** Takes away a generation that was never shown. */
  public void discard(Handle tx, long generation) {
    tx.createUpdate("delete from catalogs.charity where since = :generation")
        .bind("generation", generation)
        .execute();
    tx.createUpdate("update catalogs.charity set until = default where until = :generation")
        .bind("generation", generation)
        .execute();
  }

  /** Lets the planner know how much there is, and where the latest generations lie. */
  public void analyze(Handle connection) {
    connection.execute("select brin_summarize_new_values('catalogs.charity_since')");
    connection.execute("analyze catalogs.charity");
  }

  /** The EINs of a slice begin with these digits. */
  public static String startOf(int slice) {
    return "%02d".formatted(slice);
  }

  /** Behind all EINs of a slice: the colon follows the digit 9 in their "C" collation. */
  public static String endOf(int slice) {
    return startOf(slice) + ":";
  }
}
