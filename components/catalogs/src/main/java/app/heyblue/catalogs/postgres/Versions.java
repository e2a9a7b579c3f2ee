package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.CatalogFormat;
import org.jdbi.v3.core.Handle;

/**
 * The versions of one format's entries by generation: what the ends of a refresh need, whatever it
 * was from. What a refresh writes is invisible until {@link #show}.
 */
public interface Versions {
  /** Those of a format. */
  static Versions of(CatalogFormat format) {
    return switch (format) {
      case EO_BMF -> new CharityVersions();
      case PUBLICATION_78 -> VersionedTable.PUBLICATION_78;
      case FAMILIES_CSV -> VersionedTable.FAMILIES;
    };
  }

  /** The name of its pointer to the visible generation. */
  String pointer();

  /** The generation that readers see. */
  long visible(Handle tx);

  void clearStaging(Handle tx);

  /** Makes a written generation the visible one. */
  void show(Handle tx, long generation);

  /** Takes away a generation that was never shown. */
  void discard(Handle tx, long generation);

  /** How to write the opposite of an earlier generation. */
  Reversal reversal();

  /** Takes away what ended before a generation; nothing from then on needs it. */
  void prune(Handle tx, long before);
}
