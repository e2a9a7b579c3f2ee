package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.kernel.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Every refresh there ever was. */
public final class RefreshTable {
  /**
   * A refresh that hasn't ended, and the generation that it writes.
   *
   * @param format null until it's known, and nothing written until then
   * @param undoes the refresh that it takes back; null for one from a file
   */
  public record Running(
      UUID id,
      long generation,
      CatalogName catalog,
      @Nullable CatalogFormat format,
      @Nullable UUID undoes) {
    public Running of(CatalogFormat known) {
      return new Running(id, generation, catalog, known, undoes);
    }
  }

  /** How many entries a refresh added, changed and removed. */
  public record Counts(long added, long changed, long removed) {
    public static final Counts NONE = new Counts(0, 0, 0);
  }

  /**
   * Begins a refresh from a file.
   *
   * @param configured whether the source is one of the configured ones
   */
  public Running insert(
      Handle tx, UUID id, CatalogName catalog, String source, boolean configured, Instant now) {
    return insert(tx, id, catalog, source, configured, null, null, now);
  }

  /** Begins to undo an earlier one. */
  public Running insertUndo(
      Handle tx, UUID id, CatalogFormat format, String source, UUID undoes, Instant now) {
    return insert(tx, id, format.catalog(), source, false, format, undoes, now);
  }

  private static Running insert(
      Handle tx,
      UUID id,
      CatalogName catalog,
      String source,
      boolean configured,
      @Nullable CatalogFormat format,
      @Nullable UUID undoes,
      Instant now) {
    return tx.createQuery(
            """
            insert into catalogs.refresh
              (id, catalog, source, configured, format, undoes, started_at)
            values (:id, :catalog, :source, :configured, :format, :undoes, :now)
            returning generation
            """)
        .bind("id", id)
        .bind("catalog", catalog.toString())
        .bind("source", source)
        .bind("configured", configured)
        .bind("format", format == null ? null : format.toString())
        .bind("undoes", undoes)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .map((row, context) -> new Running(id, row.getLong(1), catalog, format, undoes))
        .one();
  }

  /** What has come from the source so far. */
  public void fetched(Handle tx, UUID id, long bytes, @Nullable Long total) {
    tx.createUpdate(
            "update catalogs.refresh set bytes_read = :bytes, bytes_total = :total where id = :id")
        .bind("id", id)
        .bind("bytes", bytes)
        .bind("total", total)
        .execute();
  }

  /** The file is at hand: what it is, and about how many rows it has. */
  public void known(Handle tx, UUID id, CatalogFormat format, long rows) {
    tx.createUpdate(
            "update catalogs.refresh set format = :format, rows_total = :rows where id = :id")
        .bind("id", id)
        .bind("format", format.toString())
        .bind("rows", rows)
        .execute();
  }

  public void progress(Handle tx, UUID id, long rowsRead, long rejected) {
    tx.createUpdate(
            "update catalogs.refresh set rows_read = :rows, rejected = :rejected where id = :id")
        .bind("id", id)
        .bind("rows", rowsRead)
        .bind("rejected", rejected)
        .execute();
  }

  /**
   * Ends a refresh.
   *
   * @param reason why it's refused, or why it changed nothing
   */
  public void end(
      Handle tx,
      UUID id,
      RefreshStatus.State state,
      Counts counts,
      @Nullable String reason,
      Instant now) {
    tx.createUpdate(
            """
            update catalogs.refresh
            set status = :state, added = :added, changed = :changed, removed = :removed,
              reason = :reason, finished_at = :now
            where id = :id and status = 'running'
            """)
        .bind("id", id)
        .bind("state", Shown.text(state))
        .bind("added", counts.added())
        .bind("changed", counts.changed())
        .bind("removed", counts.removed())
        .bind("reason", reason)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Those that say they are running; who holds the lock knows whether they are. */
  public List<Running> running(Handle tx, CatalogName catalog) {
    return tx.createQuery(
            """
            select id, generation, format, undoes from catalogs.refresh
            where catalog = :catalog and status = 'running'
            """)
        .bind("catalog", catalog.toString())
        .map((row, context) -> running(row, catalog))
        .list();
  }

  /** An applied refresh that changed something and stands, as what can be undone. */
  public record Standing(UUID id, long generation, String source) {}

  /** The latest refresh from a file that changed something and wasn't undone. */
  public Optional<Standing> latestStanding(Handle tx, CatalogFormat format) {
    return tx.createQuery(
            """
            select r.id, r.generation, r.source from catalogs.refresh r
            where r.format = :format and r.status = 'applied' and r.undoes is null
              and r.added + r.changed + r.removed > 0
              and not exists (
                select from catalogs.refresh u where u.undoes = r.id and u.status = 'applied')
            order by r.generation desc limit 1
            """)
        .bind("format", format.toString())
        .map((row, context) -> standing(row))
        .findOne();
  }

  public Optional<RefreshStatus> find(Handle tx, CatalogName catalog, UUID id) {
    return tx.createQuery(Shown.QUERY + "where r.id = :id and r.catalog = :catalog")
        .bind("id", id)
        .bind("catalog", catalog.toString())
        .map((row, context) -> Shown.status(row))
        .findOne();
  }

  /** The newest first, one more than a page shows. */
  public List<RefreshStatus> list(Handle tx, CatalogName catalog, PageRequest page) {
    return tx.createQuery(
            Shown.QUERY
                + """
                where r.catalog = :catalog and (:before::uuid is null or r.id < :before)
                order by r.id desc limit :limit
                """)
        .bind("catalog", catalog.toString())
        .bind("before", page.placeAsId().orElse(null))
        .bind("limit", page.limit() + 1)
        .map((row, context) -> Shown.status(row))
        .list();
  }

  /** The latest refresh from a configured source. */
  public Optional<RefreshStatus> latestOf(Handle tx, CatalogName catalog, String source) {
    return tx.createQuery(
            Shown.QUERY
                + """
                where r.catalog = :catalog and r.source = :source and r.configured
                order by r.id desc limit 1
                """)
        .bind("catalog", catalog.toString())
        .bind("source", source)
        .map((row, context) -> Shown.status(row))
        .findOne();
  }

  /**
   * How refreshes of one catalog are.
   *
   * @param running 1 while one runs
   * @param refused 1 where the one that ended last was refused
   */
  public record Figures(long running, long refused) {}

  public static Figures figures(Handle tx, CatalogName catalog) {
    return tx.createQuery(
            """
            select (select count(*) from catalogs.refresh
                    where catalog = :catalog and status = 'running'),
              coalesce((select (status = 'refused')::int from catalogs.refresh
                        where catalog = :catalog and status <> 'running'
                        order by finished_at desc limit 1), 0)
            """)
        .bind("catalog", catalog.toString())
        .map((row, context) -> new Figures(row.getLong(1), row.getLong(2)))
        .one();
  }

  /** When a file of this format was last taken in. */
  public static Optional<Instant> lastApplied(Handle tx, CatalogFormat format) {
    return tx.createQuery(
            """
            select max(finished_at) from catalogs.refresh
            where format = :format and status = 'applied' and undoes is null
            """)
        .bind("format", format.toString())
        .map((row, context) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
        .one()
        .map(OffsetDateTime::toInstant);
  }

  private static Running running(ResultSet row, CatalogName catalog) throws SQLException {
    String format = row.getString("format");
    return new Running(
        row.getObject("id", UUID.class),
        row.getLong("generation"),
        catalog,
        format == null ? null : CatalogFormat.parse(format),
        row.getObject("undoes", UUID.class));
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        row.getObject("id", UUID.class), row.getLong("generation"), row.getString("source"));
  }
}
