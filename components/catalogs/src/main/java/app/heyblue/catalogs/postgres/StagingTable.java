package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.bmf.BmfRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** The rows of the file at hand, put there by COPY. */
public final class StagingTable {
  private static final String COPY =
      """
      copy catalogs.charity_staging
        (ein, line, bad, name, city, state, zip, ntee_code, deductible, fingerprint)
      from stdin (format text, encoding 'UTF8')
      """;

  /** Rows in PostgreSQL's text format for COPY, waiting to be sent together. */
  public static final class Batch {
    private final StringBuilder text = new StringBuilder();
    private int rows;

    public int rows() {
      return rows;
    }

    /** A bad row without an EIN leaves nothing behind. */
    public void add(long line, BmfRow row) {
      rows++;
      switch (row) {
        case BmfRow.Good(Charity charity, String fingerprint) -> {
          text.append(charity.ein()).append('\t').append(line).append("\tf");
          field(charity.name());
          field(charity.city());
          field(charity.state());
          field(charity.zip());
          field(charity.nteeCode());
          text.append(charity.deductible() ? "\tt" : "\tf");
          text.append("\t\\\\x").append(fingerprint).append('\n');
        }
        case BmfRow.Bad bad -> {
          if (bad.ein() != null) {
            text.append(bad.ein()).append('\t').append(line).append("\tt");
            text.repeat("\t\\N", 7).append('\n');
          }
        }
      }
    }

    /** The parser lets no control character through, so only the backslash needs escaping. */
    private void field(@Nullable String value) {
      text.append('\t').append(value == null ? "\\N" : value.replace("\\", "\\\\"));
    }
  }

  /** Truncates, which also hands the space back. */
  public void clear(Handle tx) {
    tx.execute("truncate catalogs.charity_staging");
    tx.execute("drop index if exists catalogs.charity_staging_ein");
  }

  /** Made once all rows are there: that costs a tenth of keeping it row by row. */
  public void index(Handle tx) {
    tx.execute("create index charity_staging_ein on catalogs.charity_staging (ein)");
  }

  public void copy(Handle tx, Batch batch) {
    try {
      tx.getConnection()
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              COPY,
              new ByteArrayInputStream(batch.text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (SQLException e) {
      throw new IllegalStateException("COPY failed", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Leaves one row for each EIN, the first good one where there is any, and tells how many good
   * ones it threw out.
   */
  public long removeDuplicates(Handle tx) {
    return tx.createQuery(
            """
            with ranked as (
              select ctid, row_number() over (partition by ein order by bad, line) as place
              from catalogs.charity_staging),
            gone as (
              delete from catalogs.charity_staging s using ranked r
              where s.ctid = r.ctid and r.place > 1 returning s.bad)
            select count(*) from gone where not bad
            """)
        .mapTo(Long.class)
        .one();
  }

  /** Lets the planner know how much there is. */
  public void analyze(Handle connection) {
    connection.execute("analyze catalogs.charity_staging");
  }
}
