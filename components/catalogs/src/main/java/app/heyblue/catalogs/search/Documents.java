package app.heyblue.catalogs.search;

import java.util.List;
import java.util.Locale;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.jspecify.annotations.Nullable;

/** Makes the documents of the index; one document object serves them all. For one thread. */
final class Documents {
  /** The form of the documents; an index of another is built anew. */
  static final int FORMAT = 1;

  /** The EIN as text, to look up and replace; and as a number, to order by. */
  static final String EIN = "ein";

  /** The words of the name, with the name's length. */
  static final String NAME = "name";

  /** The first word of the name. */
  static final String FIRST = "first";

  /** The words of the city and of the state's name, its two letters, and five digits of the ZIP. */
  static final String PLACE = "place";

  /** Two letters, to narrow by. */
  static final String STATE = "state";

  /**
   * The NTEE code and its beginnings: for {@code B82} that is {@code b}, {@code b8}, {@code b82}.
   */
  static final String CAUSE = "cause";

  private static final int ZIP_DIGITS = 5;
  private static final int CAUSE_LENGTH = 3;

  private final TokenList name = new TokenList();
  private final TokenList first = new TokenList();
  private final TokenList place = new TokenList();
  private final TokenList cause = new TokenList();
  private final StringField ein = new StringField(EIN, "", Field.Store.NO);
  private final NumericDocValuesField number = new NumericDocValuesField(EIN, 0);
  private final StringField state = new StringField(STATE, "", Field.Store.NO);
  private final Document document = new Document();

  Documents() {
    document.add(ein);
    document.add(number);
    document.add(state);
    document.add(new Field(NAME, name, type(IndexOptions.DOCS_AND_FREQS, false)));
    document.add(new Field(FIRST, first, type(IndexOptions.DOCS, true)));
    document.add(new Field(PLACE, place, type(IndexOptions.DOCS, true)));
    document.add(new Field(CAUSE, cause, type(IndexOptions.DOCS, true)));
  }

  static Term term(String ein) {
    return new Term(EIN, ein);
  }

  /** The document of a charity, until the next call. */
  Document of(IndexedCharity charity) {
    ein.setStringValue(charity.ein());
    number.setLongValue(Integer.parseInt(charity.ein()));
    String code = charity.state() == null ? "" : charity.state();
    state.setStringValue(code);
    List<String> words = Words.of(charity.name());
    name.set(words);
    first.set(words.subList(0, Math.min(1, words.size())));
    place.set(Words.all(charity.city()));
    if (!code.isEmpty()) {
      place.add(code.toLowerCase(Locale.ROOT));
      States.words(code).forEach(place::add);
    }
    if (charity.zip().length() >= ZIP_DIGITS) {
      place.add(charity.zip().substring(0, ZIP_DIGITS));
    }
    cause.set(List.of());
    @Nullable String ntee = charity.nteeCode();
    for (int i = 1; ntee != null && i <= Math.min(CAUSE_LENGTH, ntee.length()); i++) {
      cause.add(ntee.substring(0, i).toLowerCase(Locale.ROOT));
    }
    return document;
  }

  private static FieldType type(IndexOptions options, boolean omitLength) {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(options);
    type.setOmitNorms(omitLength);
    type.freeze();
    return type;
  }

  /** Words that are there already, as Lucene wants to take them. */
  private static final class TokenList extends TokenStream {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final java.util.ArrayList<String> words = new java.util.ArrayList<>();
    private int next;

    void set(List<String> all) {
      words.clear();
      words.addAll(all);
    }

    void add(String word) {
      words.add(word);
    }

    @Override
    public void reset() {
      next = 0;
    }

    @Override
    public boolean incrementToken() {
      if (next == words.size()) {
        return false;
      }
      clearAttributes();
      term.append(words.get(next++));
      return true;
    }
  }
}
