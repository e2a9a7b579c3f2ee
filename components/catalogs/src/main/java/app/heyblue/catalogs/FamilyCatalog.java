package app.heyblue.catalogs;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The families in need that a state vouches for, found by case number and never listed. */
public interface FamilyCatalog {
  /** The one form of a case number: its letters and digits (NFKC), in upper case. */
  static String canonical(String caseNumber) {
    return Normalizer.normalize(caseNumber, Normalizer.Form.NFKC)
        .replaceAll("[^\\p{L}\\p{N}]+", "")
        .toUpperCase(Locale.ROOT);
  }

  /** The family with this case number, in whatever form {@link #canonical} makes one. */
  Optional<FamilyEntry> find(String caseNumber);

  /**
   * Adds a family, or replaces what is known of it. From then on it's of no state's file, until one
   * has it again.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code refresh-running}) while the families are
   *     refreshed
   * @throws IllegalArgumentException where {@code zip3} hasn't three digits
   */
  void add(String caseNumber, String zip3, @Nullable String cause);
}
