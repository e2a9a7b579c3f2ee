package app.heyblue.catalogs.lists;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a list on its way into the catalog. Values hold no control character. */
public sealed interface StagedRow {
  /**
   * A row that can be used.
   *
   * @param key in PostgreSQL's notation for the key's type
   * @param values of the table's columns, likewise
   */
  record Good(String key, List<@Nullable String> values) implements StagedRow {}

  /**
   * A row that can't.
   *
   * @param key whose row it seems to be; null where not even that can be read
   */
  record Bad(@Nullable String key) implements StagedRow {}
}
