package app.heyblue.catalogs;

import java.util.Optional;

/** The charities that exist, by the IRS. */
public interface CharityCatalog {
  /** The charity with this number, if it is in the catalog now. */
  Optional<Charity> find(Ein ein);
}
