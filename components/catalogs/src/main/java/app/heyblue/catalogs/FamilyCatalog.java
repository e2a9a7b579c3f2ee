package app.heyblue.catalogs;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The families in need that a state vouches for, found by case number and never listed. */
public interface FamilyCatalog {
  /** The family with this case number; upper or lower case, blanks and hyphens don't matter. */
  Optional<FamilyEntry> find(String caseNumber);

  /**
   * Adds a family, or replaces what is known of it.
   *
   * @throws IllegalArgumentException where {@code zip3} hasn't three digits
   */
  void add(String caseNumber, String zip3, @Nullable String cause);
}
