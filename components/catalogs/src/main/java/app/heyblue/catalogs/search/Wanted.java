package app.heyblue.catalogs.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed, as a question to the index. Each word may stand for itself in a name, for a
 * longer word that begins so, for one that is spelt nearly so, for a place, or for a cause; the
 * closer, the better. A word that the name begins with counts more.
 */
final class Wanted {
  private static final float BEGINNING = 0.72f;
  private static final float ONE_LETTER_OFF = 0.55f;
  private static final float TWO_LETTERS_OFF = 0.35f;
  private static final float PLACE = 0.4f;
  private static final float PLACE_ROUGHLY = 0.25f;
  private static final float CAUSE = 0.2f;
  private static final float EIN = 0.6f;
  private static final float NAME_BEGINS_SO = 0.3f;

  private static final int MOST_WORDS = 10;

  /**
   * What all words together may stand for. Lucene refuses a query of more than 1,024 clauses, and
   * some are none of a word.
   */
  private static final int MOST_MEANINGS = 900;

  private static final int MOST_BEGINNINGS = 40;
  private static final int MOST_NEAR = 24;

  /** Shorter words have too many neighbours to guess from. */
  private static final int GUESSED_FROM = 3;

  private static final int GUESSED_TWICE_FROM = 6;
  private static final Pattern ZIP_PLUS_4 = Pattern.compile("\\b(\\d{5})-\\d{4}\\b");
  private static final Pattern START_OF_EIN = Pattern.compile("(\\d{2})-?(\\d{1,6})");

  private final IndexReader reader;
  private final List<String> words;
  private final @Nullable String startOfEin;
  private final @Nullable String state;

  Wanted(IndexReader reader, String text, @Nullable String state) {
    this.reader = reader;
    this.state = state;
    List<String> all = Words.of(ZIP_PLUS_4.matcher(text).replaceAll("$1"));
    this.words = all.subList(0, Math.min(MOST_WORDS, all.size()));
    Matcher ein = START_OF_EIN.matcher(text.strip());
    this.startOfEin = ein.matches() ? ein.group(1) + ein.group(2) : null;
  }

  /** All words are meant; words that stand for nothing at all are passed over. */
  Optional<Query> allWords() throws IOException {
    return query(true);
  }

  /** One word may be missing. */
  Optional<Query> allButOne() throws IOException {
    return query(false);
  }

  private final List<Query> meanings = new ArrayList<>();

  private Optional<Query> query(boolean all) throws IOException {
    if (meanings.isEmpty()) {
      for (String word : words) {
        Meaning meaning = meaning(word, word.equals(words.getLast()));
        if (!meaning.queries.isEmpty()) {
          meanings.add(new DisjunctionMaxQuery(meaning.queries, 0));
        }
      }
    }
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    if (startOfEin != null) {
      query.add(
          boosted(new ConstantScoreQuery(new PrefixQuery(Documents.term(startOfEin))), EIN),
          Occur.SHOULD);
    }
    if (meanings.isEmpty() && startOfEin == null || !all && meanings.size() < 2) {
      return Optional.empty();
    }
    if (startOfEin != null && !meanings.isEmpty()) {
      BooleanQuery.Builder byWords = new BooleanQuery.Builder();
      meanings.forEach(meaning -> byWords.add(meaning, Occur.MUST));
      query.add(byWords.build(), Occur.SHOULD);
    } else if (startOfEin == null) {
      meanings.forEach(meaning -> query.add(meaning, all ? Occur.MUST : Occur.SHOULD));
      if (!all) {
        query.setMinimumNumberShouldMatch(meanings.size() - 1);
      } else {
        query.add(
            boosted(new TermQuery(new Term(Documents.FIRST, words.getFirst())), NAME_BEGINS_SO),
            Occur.SHOULD);
      }
    }
    return Optional.of(inState(query.build()));
  }

  private Query inState(Query query) {
    return state == null
        ? query
        : new BooleanQuery.Builder()
            .add(query, Occur.MUST)
            .add(new TermQuery(new Term(Documents.STATE, state)), Occur.FILTER)
            .build();
  }

  private Meaning meaning(String word, boolean last) throws IOException {
    Meaning meaning = new Meaning(MOST_MEANINGS / words.size());
    Spellings names = new Spellings(reader, Documents.NAME);
    Spellings places = new Spellings(reader, Documents.PLACE);
    int exact = meaning.add(names.exactly(word), 1);
    meaning.add(places.exactly(word), PLACE);
    for (String code : Causes.codes(word)) {
      meaning.add(new TermQuery(new Term(Documents.CAUSE, code)), CAUSE);
    }
    boolean digits = word.chars().allMatch(Character::isDigit);
    if (last || word.length() >= GUESSED_FROM) {
      meaning.add(names.beginningWith(word, meaning.upTo(MOST_BEGINNINGS)), BEGINNING);
      meaning.add(places.beginningWith(word, meaning.upTo(MOST_BEGINNINGS)), PLACE_ROUGHLY);
    }
    if (!digits && word.length() >= GUESSED_FROM) {
      int near = meaning.add(names.near(word, 1, meaning.upTo(MOST_NEAR)), ONE_LETTER_OFF);
      near += meaning.add(places.near(word, 1, meaning.upTo(MOST_NEAR)), PLACE_ROUGHLY);
      if (exact + near == 0 && word.length() >= GUESSED_TWICE_FROM) {
        meaning.add(names.near(word, 2, meaning.upTo(MOST_NEAR)), TWO_LETTERS_OFF);
        meaning.add(places.near(word, 2, meaning.upTo(MOST_NEAR)), PLACE_ROUGHLY);
      }
    }
    return meaning;
  }

  /** What one word may stand for, the closest first, and no more than its share. */
  private static final class Meaning {
    private final List<Query> queries = new ArrayList<>();
    private final int share;

    Meaning(int share) {
      this.share = share;
    }

    int upTo(int most) {
      return Math.min(most, share - queries.size());
    }

    void add(Query query, float closeness) {
      if (queries.size() < share) {
        queries.add(boosted(query, closeness));
      }
    }

    int add(List<Spellings.Found> found, float closeness) {
      found.forEach(one -> add(one.query(), closeness));
      return found.size();
    }
  }

  private static Query boosted(Query query, float boost) {
    return boost == 1 ? query : new BoostQuery(query, boost);
  }
}
