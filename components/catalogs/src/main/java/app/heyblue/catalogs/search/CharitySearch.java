package app.heyblue.catalogs.search;

import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.postgres.CharityTable;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/** Answers searches: the index says which charities, the table what they are, at one generation. */
@ApplicationScoped
public class CharitySearch {
  private static final Sort BEST_THEN_EIN =
      new Sort(SortField.FIELD_SCORE, new SortField(Documents.EIN, SortField.Type.INT));
  private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

  private final Database database;
  private final CharityTable charities;
  private final CharityIndex index;
  private final CatalogRows rows = new CatalogRows();

  public CharitySearch(Database database, CharityTable charities, CharityIndex index) {
    this.database = database;
    this.charities = charities;
    this.index = index;
  }

  /**
   * Charities that a text may mean, the best first; those that are as good, by EIN.
   *
   * @param state two letters; null for all
   * @throws ProblemException ({@code catalog-indexing}) while there is no index yet
   */
  public Page<Charity> search(String text, @Nullable String state, PageRequest page) {
    Optional<Place> after = page.place().map(Place::parse);
    Stand visible = database.read(rows::visible);
    IndexFolder folder = index.at(visible.generation()).orElseThrow(CharitySearch::indexing);
    Hits hits = hits(folder, text, state, page.limit() + 1, after.orElse(null));
    List<String> eins = hits.places().stream().map(Place::text9).toList();
    Map<String, Charity> found = charities.at(hits.generation(), eins);
    Page<Place> shown = Page.from(hits.places(), page, Place::text);
    List<Charity> items = new ArrayList<>();
    for (Place place : shown.items()) {
      Charity charity = found.get(place.text9());
      if (charity != null) {
        items.add(charity);
      }
    }
    return new Page<>(items, shown.next());
  }

  private Hits hits(
      IndexFolder folder, String text, @Nullable String state, int most, @Nullable Place after) {
    try {
      return folder
          .search(searcher -> findOrDistrust(searcher, text, state, most, after))
          .orElseThrow(CharitySearch::indexing);
    } catch (AlreadyClosedException e) {
      throw indexing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Only what can't be read is the index's fault, such as a damaged file; anything else is the
   * question's or ours, and mustn't cost everybody the index.
   */
  private @Nullable Hits findOrDistrust(
      IndexSearcher searcher,
      String text,
      @Nullable String state,
      int most,
      @Nullable Place after) {
    try {
      return find(searcher, text, state, most, after);
    } catch (IOException e) {
      index.distrust(searcher.getIndexReader(), e);
      throw indexing();
    }
  }

  private static @Nullable Hits find(
      IndexSearcher searcher, String text, @Nullable String state, int most, @Nullable Place after)
      throws IOException {
    Stand stand = IndexFolder.standOf(searcher);
    if (stand == null) {
      return null;
    }
    Wanted wanted = new Wanted(searcher.getIndexReader(), text, state);
    List<Place> places = List.of();
    if (after == null || !after.loose()) {
      places = places(searcher, wanted.allWords(), most, after, false);
    }
    if (after == null ? places.isEmpty() : after.loose()) {
      places = places(searcher, wanted.allButOne(), most, after, true);
    }
    return new Hits(stand.generation(), places);
  }

  private static List<Place> places(
      IndexSearcher searcher, Optional<Query> query, int most, @Nullable Place after, boolean loose)
      throws IOException {
    if (query.isEmpty()) {
      return List.of();
    }
    FieldDoc from =
        after == null
            ? null
            : new FieldDoc(
                Integer.MAX_VALUE, after.score(), new Object[] {after.score(), after.ein()});
    ScoreDoc[] found =
        searcher.search(query.get(), new TopFieldCollectorManager(BEST_THEN_EIN, most, from, most))
            .scoreDocs;
    List<Place> places = new ArrayList<>(found.length);
    for (ScoreDoc one : found) {
      Object[] fields = ((FieldDoc) one).fields;
      places.add(new Place(loose, (Float) fields[0], (Integer) fields[1]));
    }
    return places;
  }

  private static ProblemException indexing() {
    return new ProblemException(
        CatalogProblems.CATALOG_INDEXING,
        "The search index of the charities is being built. Try again in some seconds; by EIN they"
            + " are found meanwhile.",
        List.of(),
        Map.of(),
        TRY_AGAIN);
  }

  private record Hits(long generation, List<Place> places) {}

  /**
   * Where a charity stands in the order of a search.
   *
   * @param loose whether one word of the text may be missing
   */
  private record Place(boolean loose, float score, int ein) {
    static Place parse(String text) {
      String[] parts = text.split("/", -1);
      try {
        if (parts.length == 3 && (parts[0].equals("a") || parts[0].equals("b"))) {
          return new Place(
              parts[0].equals("b"),
              Float.intBitsToFloat(Integer.parseInt(parts[1])),
              Integer.parseInt(parts[2]));
        }
      } catch (NumberFormatException e) {
        throw Cursor.malformed();
      }
      throw Cursor.malformed();
    }

    String text() {
      return (loose ? "b/" : "a/") + Float.floatToIntBits(score) + "/" + ein;
    }

    String text9() {
      return "%09d".formatted(ein);
    }
  }
}
