package app.heyblue.catalogs;

import java.util.Optional;

/** The families in need that a state vouches for, found by case number and never listed. */
public interface FamilyCatalog {
  /** The family with this case number; upper or lower case, blanks and hyphens don't matter. */
  Optional<FamilyEntry> find(String caseNumber);

  /** Adds a family, or replaces what is known of it. */
  void add(String caseNumber, FamilyEntry entry);
}
