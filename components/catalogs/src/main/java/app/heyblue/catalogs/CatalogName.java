package app.heyblue.catalogs;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The catalogs that are refreshed, each from one file at a time. */
public enum CatalogName {
  CHARITIES,
  FAMILIES;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
