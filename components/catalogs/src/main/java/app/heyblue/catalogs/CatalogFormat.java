package app.heyblue.catalogs;

import com.fasterxml.jackson.annotation.JsonValue;

/** What the file of a refresh is; each is kept by generations of its own. */
public enum CatalogFormat {
  /** The IRS's Exempt Organizations Business Master File extract: the charities themselves. */
  EO_BMF("eoBmf", CatalogName.CHARITIES),
  /** The IRS's Publication 78: which of the charities may receive deductible gifts. */
  PUBLICATION_78("publication78", CatalogName.CHARITIES),
  /** A state's families, see docs/reference/families-csv.md. */
  FAMILIES_CSV("familiesCsv", CatalogName.FAMILIES);

  private final String text;
  private final CatalogName catalog;

  CatalogFormat(String text, CatalogName catalog) {
    this.text = text;
    this.catalog = catalog;
  }

  /** The catalog that such a file refreshes. */
  public CatalogName catalog() {
    return catalog;
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static CatalogFormat parse(String text) {
    for (CatalogFormat format : values()) {
      if (format.text.equals(text)) {
        return format;
      }
    }
    throw new IllegalArgumentException("a format is eoBmf, publication78 or familiesCsv");
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
