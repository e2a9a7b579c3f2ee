package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.bmf.BmfFile;
import app.heyblue.catalogs.bmf.UnusableFile;
import app.heyblue.catalogs.postgres.DeductibleCoverage;
import app.heyblue.catalogs.postgres.Difference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a file that could be read may be believed. Each rule answers with the reason for a
 * refusal. Real months differ by 3 % of a state's charities; a file cut off at a row's end by any
 * share of them.
 */
final class Plausibility {
  /** In percent, of the rows of a file. */
  static final int MOST_BAD = 1;

  /** So few bad rows never refuse a file, however short it is. */
  static final int BAD_ALLOWED = 4;

  /** In percent, of a covered state's charities in the catalog. */
  static final int MOST_GONE = 10;

  /**
   * How many charities may vanish from behind the last row of a sorted file. Between real months
   * the last dozen stay the same; three in a row go by chance once in tens of thousands of files.
   */
  static final int MOST_BEYOND = 2;

  /**
   * From so many rows and prefixes on, a complete file sorted by EIN has EINs from 90 up: 7 % of
   * Vermont's rows and 11 % of the District of Columbia's. It's the only sign of a cut where there
   * is nothing to compare with.
   */
  static final int ROWS_WITH_HIGH_EINS = 1000;

  static final int PREFIXES_WITH_HIGH_EINS = 20;

  static final String HIGH_EINS = "90";

  /**
   * From so many deductible charities on, the catalog is of the country or of a large part of it,
   * and a first list that has few of them is a part of one. A catalog of a small state is left
   * alone: a list that is short on purpose goes with it.
   */
  static final long DEDUCTIBLE_OF_A_COUNTRY = 100_000;

  /**
   * In percent, of the deductible charities of such a catalog. Not all are listed: those under a
   * group's ruling needn't be.
   */
  static final int LEAST_COVERED = 50;

  private Plausibility() {}

  /**
   * The judgement on the file by itself.
   *
   * @param duplicates good rows whose EIN an earlier row has
   */
  static Optional<String> faultOfRows(BmfFile.Read read, long duplicates) {
    return faultOfRows(read.rows(), read.bad() + duplicates);
  }

  /** The same of any file. */
  static Optional<String> faultOfRows(long rows, long bad) {
    if (rows == 0) {
      return refused("The file has no rows.");
    }
    if (bad == rows) {
      return refused("None of the file's %,d rows can be used.".formatted(rows));
    }
    if (bad > BAD_ALLOWED && bad * 100 > rows * MOST_BAD) {
      return refused(
          "Too many bad rows: %,d of %,d can't be used, and at most %d %% may be so."
              .formatted(bad, rows, MOST_BAD));
    }
    return Optional.empty();
  }

  /** Refuses the file where there is a reason. */
  static void refuseFor(Optional<String> fault) throws UnusableFile {
    if (fault.isPresent()) {
      throw new UnusableFile(fault.get());
    }
  }

  /** What a list is of, and how much of it may go at once. */
  enum Nature {
    DEDUCTIBILITY("entries of Publication 78", MOST_GONE),
    /**
     * Families come and go faster than charities: a state's rolls turn over by some percent a
     * month. A cut-off file loses far more.
     */
    FAMILIES("families", 25);

    private final String entries;
    private final int mostGone;

    Nature(String entries, int mostGone) {
      this.entries = entries;
      this.mostGone = mostGone;
    }

    /**
     * The judgement on what the file would do to the list.
     *
     * @param lastKey of a sorted file; else null
     */
    Optional<String> faultOf(Difference difference, @Nullable String lastKey) {
      for (Difference.OfState state : difference.states()) {
        if (state.gone() * 100 > state.inCatalog() * mostGone) {
          return refused(
              ("The file would remove %,d of the %,d %s%s, and at most %d %% may go at once: it"
                      + " looks cut off.")
                  .formatted(
                      state.gone(),
                      state.inCatalog(),
                      entries,
                      state.state().isEmpty() ? "" : " of " + state.state(),
                      mostGone));
        }
      }
      long beyond = difference.states().stream().mapToLong(Difference.OfState::beyond).sum();
      return lastKey != null && beyond > MOST_BEYOND
          ? refused(
              ("The file looks cut off at a row's end: it's sorted and ends at %s, where the"
                      + " catalog has %,d more %s.")
                  .formatted(lastKey, beyond, entries))
          : Optional.empty();
    }
  }

  /** The judgement on what the file would do to the catalog. */
  static Optional<String> faultOfDifference(BmfFile.Read read, Difference difference) {
    for (Difference.OfState state : difference.states()) {
      if (state.gone() * 100 > state.inCatalog() * MOST_GONE) {
        return refused(
            ("The file would remove %,d of the %,d charities of %s, and at most %d %% may go at"
                    + " once: it looks cut off, or not meant for the whole of %s.")
                .formatted(state.gone(), state.inCatalog(), name(state), MOST_GONE, name(state)));
      }
    }
    long beyond = difference.states().stream().mapToLong(Difference.OfState::beyond).sum();
    Ein last = read.lastEin();
    if (last != null && beyond > MOST_BEYOND) {
      return refused(
          ("The file looks cut off at a row's end: it's sorted by EIN and ends at %s, where the"
                  + " catalog has %,d more charities.")
              .formatted(last, beyond));
    }
    return isFirst(difference) && last != null
        ? faultOfFirst(read.rows(), read.prefixes(), last.value())
        : Optional.empty();
  }

  /** Whether the catalog has nothing to compare the file with. */
  static boolean isFirst(Difference difference) {
    return difference.states().stream().allMatch(state -> state.inCatalog() == 0);
  }

  /**
   * The judgement on the end of a sorted file of which the catalog has nothing yet.
   *
   * @param prefixes how many beginnings of two digits the EINs have
   * @param lastEin nine digits
   */
  static Optional<String> faultOfFirst(long rows, long prefixes, String lastEin) {
    return rows >= ROWS_WITH_HIGH_EINS
            && prefixes >= PREFIXES_WITH_HIGH_EINS
            && lastEin.compareTo(HIGH_EINS) < 0
        ? refused(
            ("The file looks cut off at a row's end: it's sorted by EIN and ends at %s, while a"
                    + " complete file of %,d rows has EINs from %s up.")
                .formatted(new Ein(lastEin), rows, HIGH_EINS))
        : Optional.empty();
  }

  /** The judgement on a first Publication 78, which decides on every charity at once. */
  static Optional<String> faultOfCoverage(DeductibleCoverage coverage) {
    return coverage.deductible() >= DEDUCTIBLE_OF_A_COUNTRY
            && coverage.listed() * 100 < coverage.deductible() * LEAST_COVERED
        ? refused(
            ("The list has %,d of the catalog's %,d deductible charities, and a first list must"
                    + " have %d %%: it looks cut off, or not meant for the whole country.")
                .formatted(coverage.listed(), coverage.deductible(), LEAST_COVERED))
        : Optional.empty();
  }

  private static String name(Difference.OfState state) {
    return state.state().isEmpty() ? "foreign countries" : state.state();
  }

  private static Optional<String> refused(String reason) {
    return Optional.of(reason + " Nothing was changed.");
  }
}
