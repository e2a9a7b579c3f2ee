package app.heyblue.catalogs.bmf;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import org.jspecify.annotations.Nullable;

/** One row of an extract. */
public sealed interface BmfRow {
  /**
   * A row that can be used.
   *
   * @param fingerprint of all columns, see {@link RowFingerprint}
   */
  record Good(Charity charity, String fingerprint) implements BmfRow {}

  /**
   * A row that can't.
   *
   * @param ein whose row it seems to be; null where not even that can be read
   */
  record Bad(@Nullable Ein ein, String reason) implements BmfRow {}
}
