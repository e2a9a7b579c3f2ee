package app.heyblue.catalogs.postgres;

import java.util.List;

/**
 * How a staged file differs from the catalog.
 *
 * @param added charities that the catalog doesn't have
 * @param changed charities in both whose row differs
 * @param states the states that the file covers, those of its good rows
 */
public record Difference(long added, long changed, List<OfState> states) {
  public Difference {
    states = List.copyOf(states);
  }

  /**
   * One state.
   *
   * @param state two letters; empty for foreign charities
   * @param inFile good rows of it in the file
   * @param inCatalog charities of it in the catalog
   * @param gone those of them that the file has no row for
   * @param beyond those gone that would stand behind the last row of the file, which is sorted
   */
  public record OfState(String state, long inFile, long inCatalog, long gone, long beyond) {}

  public long removed() {
    return states.stream().mapToLong(OfState::gone).sum();
  }

  public List<String> covered() {
    return states.stream().map(OfState::state).toList();
  }
}
