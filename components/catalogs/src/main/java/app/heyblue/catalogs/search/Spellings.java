package app.heyblue.catalogs.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexReaderContext;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.TermStates;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.apache.lucene.util.automaton.CompiledAutomaton;
import org.apache.lucene.util.automaton.LevenshteinAutomata;
import org.apache.lucene.util.automaton.Operations;

/** The words of one field of the index that a word may stand for. */
final class Spellings {
  /**
   * So many words are looked at for one beginning; those behind it in the alphabet are left out.
   */
  private static final int MOST_LOOKED_AT = 20_000;

  private final IndexReader reader;
  private final String field;

  Spellings(IndexReader reader, String field) {
    this.reader = reader;
    this.field = field;
  }

  /**
   * A word of the index.
   *
   * @param documents how many have it, replaced ones included
   */
  record Found(Query query, int documents) {}

  /** The word itself, where the index has it. */
  List<Found> exactly(String word) throws IOException {
    Term term = new Term(field, word);
    TermStates states =
        TermStates.build(new org.apache.lucene.search.IndexSearcher(reader), term, true);
    return states.docFreq() == 0
        ? List.of()
        : List.of(new Found(new TermQuery(term, states), states.docFreq()));
  }

  /** Longer words that begin so, the commonest first. */
  List<Found> beginningWith(String word, int most) throws IOException {
    BytesRef prefix = new BytesRef(word);
    Collected collected = new Collected();
    for (LeafReaderContext leaf : reader.leaves()) {
      Terms terms = Terms.getTerms(leaf.reader(), field);
      TermsEnum each = terms.iterator();
      if (each.seekCeil(prefix) == TermsEnum.SeekStatus.END) {
        continue;
      }
      BytesRef term = each.term();
      for (int i = 0;
          i < MOST_LOOKED_AT && term != null && StringHelper.startsWith(term, prefix);
          i++) {
        if (term.length > prefix.length) {
          collected.add(leaf, each, term);
        }
        term = each.next();
      }
    }
    return collected.best(most);
  }

  /** Other words at this distance, two letters that changed places counted once. */
  List<Found> near(String word, int distance, int most) throws IOException {
    LevenshteinAutomata spellings = new LevenshteinAutomata(word, true);
    CompiledAutomaton accepted =
        new CompiledAutomaton(
            Operations.determinize(
                spellings.toAutomaton(distance), Operations.DEFAULT_DETERMINIZE_WORK_LIMIT),
            true,
            false);
    BytesRef itself = new BytesRef(word);
    Collected collected = new Collected();
    for (LeafReaderContext leaf : reader.leaves()) {
      TermsEnum each = accepted.getTermsEnum(Terms.getTerms(leaf.reader(), field));
      for (BytesRef term = each.next(); term != null; term = each.next()) {
        if (!term.equals(itself)) {
          collected.add(leaf, each, term);
        }
      }
    }
    return collected.best(most);
  }

  /** What was found in the parts of the index, by word. */
  private final class Collected {
    private final IndexReaderContext top = reader.getContext();
    private final Map<BytesRef, TermStates> words = new HashMap<>();

    void add(LeafReaderContext leaf, TermsEnum each, BytesRef term) throws IOException {
      TermStates states = words.get(term);
      if (states == null) {
        states = new TermStates(top);
        words.put(BytesRef.deepCopyOf(term), states);
      }
      TermState state = each.termState();
      states.register(state, leaf.ord, each.docFreq(), each.totalTermFreq());
    }

    List<Found> best(int most) {
      List<Found> found = new ArrayList<>(words.size());
      words.forEach(
          (term, states) ->
              found.add(new Found(new TermQuery(new Term(field, term), states), states.docFreq())));
      found.sort(Comparator.comparingInt(Found::documents).reversed());
      return found.size() > most ? found.subList(0, most) : found;
    }
  }
}
