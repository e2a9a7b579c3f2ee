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
import java.util.List;
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

  /**
   * Charities whose name, with the help of their city, has words that begin with all of the words
   * asked for. First those of exactly that name, then those whose name begins so, then those with
   * the same words in another order, then with longer words, then with the city's; short names
   * first.
   */
  public Page<Charity> search(String query, @Nullable String state, PageRequest page) {
    String folded = SearchText.fold(query);
    if (folded.isEmpty()) {
      return Page.of(List.of());
    }
    Optional<Place> after = page.place().map(Place::parse);
    List<Found> rows =
        database.read(
            tx ->
                tx.createQuery(
                        """
                        select *, length(words) as size from (
                          select c.*, case
                            when words = :folded then 0
                            when starts_with(words, :folded) then 1
                            when search @@ to_tsquery('simple', :wordsOfName) then 2
                            when search @@ to_tsquery('simple', :beginningsInName) then 3
                            else 4 end as rank
                          from catalogs.charity_now c
                          where search @@ to_tsquery('simple', :beginnings)
                            and (:state::text is null or state = :state)) found
                        where :rank::int is null
                          or (rank, length(words), words, ein) > (:rank, :size, :words, :ein)
                        order by rank, length(words), words, ein limit :limit
                        """)
                    .bind("folded", folded)
                    .bind("wordsOfName", SearchText.allWords(folded, ":A"))
                    .bind("beginningsInName", SearchText.allWords(folded, ":*A"))
                    .bind("beginnings", SearchText.allWords(folded, ":*"))
                    .bind("state", state)
                    .bind("rank", after.map(Place::rank).orElse(null))
                    .bind("size", after.map(Place::size).orElse(null))
                    .bind("words", after.map(Place::words).orElse(null))
                    .bind("ein", after.map(Place::ein).orElse(null))
                    .bind("limit", page.limit() + 1)
                    .map((row, context) -> new Found(charity(row), Place.of(row)))
                    .list());
    return Page.from(rows, page, found -> found.place().text()).map(Found::charity);
  }

  private record Found(Charity charity, Place place) {}

  /** Where a row stands in the order of a search. */
  private record Place(int rank, int size, String words, String ein) {
    static Place of(ResultSet row) throws SQLException {
      return new Place(
          row.getInt("rank"), row.getInt("size"), row.getString("words"), row.getString("ein"));
    }

    static Place parse(String text) {
      String[] parts = requirePlain(text).split("/", -1);
      try {
        if (parts.length == 4) {
          return new Place(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2], parts[3]);
        }
      } catch (NumberFormatException e) {
        throw Cursor.malformed();
      }
      throw Cursor.malformed();
    }

    String text() {
      return rank + "/" + size + "/" + words + "/" + ein;
    }
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
