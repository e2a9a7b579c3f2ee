package app.heyblue.catalogs.search;

import org.apache.lucene.index.FieldInvertState;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.TermStatistics;
import org.apache.lucene.search.similarities.Similarity;

/**
 * Scores a word by how it matches, which its boost says, and a little by how much of the name it
 * is. How rare a word is is left to the query, so that scores stay while the index grows.
 */
final class ShortNamesFirst extends Similarity {
  private static final float OF_ANY_NAME = 0.75f;

  @Override
  public long computeNorm(FieldInvertState state) {
    return Math.clamp(state.getLength(), 1, 127);
  }

  @Override
  public SimScorer scorer(float boost, CollectionStatistics field, TermStatistics... words) {
    return new SimScorer() {
      @Override
      public float score(float frequency, long norm) {
        return boost * (OF_ANY_NAME + (1 - OF_ANY_NAME) / norm);
      }
    };
  }
}
