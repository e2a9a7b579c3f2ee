package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.PageRequest;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** What a refresh did: the versions that its generation began and ended. */
@ApplicationScoped
public class ChangeList {
  private static final String CHARITIES =
      """
      select ein as key, since, until, name, city, state, zip, ntee_code, deductible
      from catalogs.charity
      """;
  private static final String PUBLICATION_78 =
      """
      select ein as key, since, until, name, city, state, '' as zip, null::text as ntee_code,
        true as deductible
      from catalogs.publication78
      """;
  private static final String FAMILIES =
      """
      select encode(case_fingerprint, 'hex') collate "C" as key, since, until, '' as name,
        '' as city, null::text as state, '' as zip, null::text as ntee_code, false as deductible
      from catalogs.family
      """;
  private static final Pattern FAMILY_ID = Pattern.compile("[0-9a-f]{64}");

  private final Database database;

  public ChangeList(Database database) {
    this.database = database;
  }

  /**
   * What happened to one charity. Where a column differs that isn't shown, {@code before} and
   * {@code after} are alike. By a refresh of Publication 78: the charity as that has it, without
   * ZIP and NTEE code.
   */
  public record Change(
      UUID refresh, Ein ein, ChangeKind kind, @Nullable Charity before, @Nullable Charity after) {}

  /**
   * What happened to one family, by an id that says nothing of it.
   *
   * @param id the same for the same family at each refresh
   */
  public record FamilyChange(UUID refresh, String id, ChangeKind kind) {}

  /** The latest refresh of this format that changed something or was taken in. */
  public Optional<UUID> latest(CatalogFormat format) {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select r.id from catalogs.refresh r
                    join catalogs.catalog k on k.generation = r.generation
                    where r.format = :format and k.name = :pointer
                    """)
                .bind("format", format.toString())
                .bind("pointer", Versions.of(format).pointer())
                .mapTo(UUID.class)
                .findOne());
  }

  /** The changes of an applied refresh by EIN, one more than a page shows; else none. */
  public List<Change> of(RefreshStatus refresh, PageRequest page) {
    boolean publication = refresh.format() == CatalogFormat.PUBLICATION_78;
    return database.read(
        tx ->
            changed(
                    tx,
                    publication ? PUBLICATION_78 : CHARITIES,
                    refresh.id(),
                    page.place().map(CharityTable::requirePlain).orElse(""),
                    page.limit() + 1)
                .map((row, context) -> change(refresh.id(), row))
                .list());
  }

  /** The same of families, by their ids. */
  public List<FamilyChange> ofFamilies(RefreshStatus refresh, PageRequest page) {
    return database.read(
        tx ->
            changed(
                    tx,
                    FAMILIES,
                    refresh.id(),
                    page.place().map(ChangeList::requireId).orElse(""),
                    page.limit() + 1)
                .map(
                    (row, context) ->
                        new FamilyChange(
                            refresh.id(),
                            row.getString("key"),
                            ChangeKind.of(row.getBoolean("has_old"), row.getBoolean("has_new"))))
                .list());
  }

  private static Query changed(Handle tx, String versions, UUID refresh, String after, int limit) {
    return tx.createQuery(
            """
            with applied as (
              select generation from catalogs.refresh where id = :refresh and status = 'applied'),
            began as (
              select * from (%1$s) v
              where v.since = (select generation from applied) and v.key > :after
              order by v.key limit :limit),
            ended as (
              select * from (%1$s) v
              where v.until = (select generation from applied)
                and v.until < 9223372036854775807 and v.key > :after
              order by v.key limit :limit)
            select coalesce(n.key, o.key) as key, coalesce(n.key, o.key) as ein,
              o.key is not null as has_old, o.name as old_name, o.city as old_city,
              o.state as old_state, o.zip as old_zip, o.ntee_code as old_ntee_code,
              o.deductible as old_deductible,
              n.key is not null as has_new, n.name as new_name, n.city as new_city,
              n.state as new_state, n.zip as new_zip, n.ntee_code as new_ntee_code,
              n.deductible as new_deductible
            from began n full join ended o on o.key = n.key
            order by 1 limit :limit
            """
                .formatted(versions))
        .bind("refresh", refresh)
        .bind("after", after)
        .bind("limit", limit);
  }

  private static String requireId(String place) {
    if (!FAMILY_ID.matcher(place).matches()) {
      throw Cursor.malformed();
    }
    return place;
  }

  private static Change change(UUID refresh, ResultSet row) throws SQLException {
    Charity before = row.getBoolean("has_old") ? CharityTable.charity(row, "old_") : null;
    Charity after = row.getBoolean("has_new") ? CharityTable.charity(row, "new_") : null;
    return new Change(
        refresh,
        new Ein(row.getString("ein")),
        ChangeKind.of(before != null, after != null),
        before,
        after);
  }
}
