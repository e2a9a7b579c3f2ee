package app.heyblue.catalogs;

import java.nio.file.Path;
import java.util.UUID;

/** Brings a catalog up to date from a file: the whole file or nothing of it. */
public interface CatalogRefreshes {
  /**
   * Begins to refresh the charities from an EO BMF extract of the IRS; it goes on in the
   * background.
   *
   * @param file read where it lies, and left there
   * @param source what to call the file in lists, for people
   * @throws app.heyblue.kernel.ProblemException ({@code refresh-running}) while another is under
   *     way
   */
  UUID refreshCharities(Path file, String source);

  /**
   * How a refresh stands; {@code rowsRead} grows while it runs.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}) where there is no such refresh
   */
  RefreshStatus status(UUID refresh);

  /** {@link #refreshCharities}, and waits until it has been applied or refused. */
  RefreshStatus refreshCharitiesNow(Path file, String source);
}
