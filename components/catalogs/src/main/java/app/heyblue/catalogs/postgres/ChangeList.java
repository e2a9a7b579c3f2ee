package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.kernel.PageRequest;
import app.heyblue.postgres.Database;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a refresh did: the versions that its generation began and ended. */
@ApplicationScoped
public class ChangeList {
  private final Database database;

  public ChangeList(Database database) {
    this.database = database;
  }

  /**
   * What happened to one charity. Where a column differs that isn't shown, {@code before} and
   * {@code after} are alike.
   */
  public record Change(
      UUID refresh, Ein ein, Kind kind, @Nullable Charity before, @Nullable Charity after) {

    /** What a refresh can do to a charity. */
    public enum Kind {
      @JsonProperty("added")
      ADDED,
      @JsonProperty("changed")
      CHANGED,
      @JsonProperty("removed")
      REMOVED
    }
  }

  /** The latest refresh that was applied. */
  public Optional<UUID> latest() {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select r.id from catalogs.refresh r
                    join catalogs.catalog k on k.name = r.catalog and k.generation = r.generation
                    where r.catalog = 'charities'
                    """)
                .mapTo(UUID.class)
                .findOne());
  }

  /** The changes of an applied refresh by EIN, one more than a page shows; else none. */
  public List<Change> of(UUID refresh, PageRequest page) {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    with applied as (
                      select generation from catalogs.refresh
                      where id = :refresh and status = 'applied'),
                    began as (
                      select * from catalogs.charity
                      where since = (select generation from applied) and ein > :after
                      order by ein limit :limit),
                    ended as (
                      select * from catalogs.charity
                      where until = (select generation from applied)
                        and until < 9223372036854775807 and ein > :after
                      order by ein limit :limit)
                    select coalesce(n.ein, o.ein) as ein,
                      o.ein is not null as has_old, o.name as old_name, o.city as old_city,
                      o.state as old_state, o.zip as old_zip, o.ntee_code as old_ntee_code,
                      o.deductible as old_deductible,
                      n.ein is not null as has_new, n.name as new_name, n.city as new_city,
                      n.state as new_state, n.zip as new_zip, n.ntee_code as new_ntee_code,
                      n.deductible as new_deductible
                    from began n full join ended o on o.ein = n.ein
                    order by 1 limit :limit
                    """)
                .bind("refresh", refresh)
                .bind("after", page.place().map(CharityTable::requirePlain).orElse(""))
                .bind("limit", page.limit() + 1)
                .map((row, context) -> change(refresh, row))
                .list());
  }

  private static Change change(UUID refresh, ResultSet row) throws SQLException {
    Charity before = row.getBoolean("has_old") ? CharityTable.charity(row, "old_") : null;
    Charity after = row.getBoolean("has_new") ? CharityTable.charity(row, "new_") : null;
    Change.Kind kind =
        before == null
            ? Change.Kind.ADDED
            : after == null ? Change.Kind.REMOVED : Change.Kind.CHANGED;
    return new Change(refresh, new Ein(row.getString("ein")), kind, before, after);
  }
}
