package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.CharityCatalog;
import app.heyblue.catalogs.Ein;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The charities of the visible generation; each statement sees one generation. */
@ApplicationScoped
public class CharityTable implements CharityCatalog {
  private static final String COLUMNS = "ein, name, city, state, zip, ntee_code, deductible";

  private final Database database;

  public CharityTable(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Charity> find(Ein ein) {
    return database.read(
        tx ->
            tx.createQuery("select " + COLUMNS + " from catalogs.charity_now where ein = :ein")
                .bind("ein", ein.value())
                .map((row, context) -> charity(row))
                .findOne());
  }

  /** All charities, by EIN. */
  public Page<Charity> list(@Nullable String state, PageRequest page) {
    List<Charity> rows =
        database.read(
            tx ->
                tx.createQuery(
                        "select "
                            + COLUMNS
                            + """
                             from catalogs.charity_now
                            where (:state::text is null or state = :state) and ein > :after
                            order by ein limit :limit
                            """)
                    .bind("state", state)
                    .bind("after", page.place().map(CharityTable::requirePlain).orElse(""))
                    .bind("limit", page.limit() + 1)
                    .map((row, context) -> charity(row))
                    .list());
    return Page.from(rows, page, charity -> charity.ein().value());
  }

  /** Those of the EINs that a generation has, which readers may see or have seen. */
  public Map<String, Charity> at(long generation, List<String> eins) {
    Map<String, Charity> found = new HashMap<>();
    if (!eins.isEmpty()) {
      database
          .<List<Charity>, RuntimeException>read(
              tx ->
                  tx.createQuery(
                          "select "
                              + COLUMNS
                              + """
                               from catalogs.charity_version
                              where ein = any(:eins) and since <= :at and :at < until
                              """)
                      .bindArray("eins", String.class, eins)
                      .bind("at", generation)
                      .map((row, context) -> charity(row))
                      .list())
          .forEach(charity -> found.put(charity.ein().value(), charity));
    }
    return found;
  }

  /** A cursor is what somebody sent; PostgreSQL takes no NUL in a text. */
  static String requirePlain(String place) {
    if (place.chars().anyMatch(Character::isISOControl)) {
      throw Cursor.malformed();
    }
    return place;
  }

  static Charity charity(ResultSet row) throws SQLException {
    return charity(row, "");
  }

  /** Reads columns that have this prefix. */
  static Charity charity(ResultSet row, String prefix) throws SQLException {
    return new Charity(
        new Ein(row.getString("ein")),
        row.getString(prefix + "name"),
        row.getString(prefix + "city"),
        row.getString(prefix + "state"),
        row.getString(prefix + "zip"),
        row.getString(prefix + "ntee_code"),
        row.getBoolean(prefix + "deductible"));
  }
}
