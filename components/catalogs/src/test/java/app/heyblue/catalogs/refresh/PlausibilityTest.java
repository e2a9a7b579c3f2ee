package app.heyblue.catalogs.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.bmf.BmfFile;
import app.heyblue.catalogs.postgres.DeductibleCoverage;
import app.heyblue.catalogs.postgres.Difference;
import app.heyblue.catalogs.postgres.Difference.OfState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a file too strange to believe, at its edges. */
class PlausibilityTest {
  @ParameterizedTest
  @CsvSource({
    // rows, bad, duplicates, refused
    "0,     0,   0,  true",
    "1,     1,   0,  true",
    "10,    4,   0,  false",
    "10,    5,   0,  true",
    "14000, 140, 0,  false",
    "14000, 141, 0,  true",
    "14000, 100, 41, true",
  })
  void atMostOnePercentOfTheRowsMayBeBad(long rows, long bad, long duplicates, boolean refused) {
    assertThat(Plausibility.faultOfRows(read(rows, bad, null), duplicates).isPresent())
        .isEqualTo(refused);
  }

  @ParameterizedTest
  @CsvSource({
    "14000, 1400, false",
    "14000, 1401, true",
    "10,    1,    false",
    "10,    2,    true",
    "0,     0,    false",
  })
  void atMostTenPercentOfAStateMayGo(long inCatalog, long gone, boolean refused) {
    assertThat(fault(read(14000, 0, null), new OfState("DC", 14000, inCatalog, gone, 0)))
        .matches(fault -> (fault != null) == refused);
  }

  @Test
  void eachCoveredStateIsJudgedByItself() {
    assertThat(
            fault(
                read(20000, 0, null),
                new OfState("DC", 14000, 14000, 0, 0),
                new OfState("VT", 1, 6000, 5999, 0)))
        .contains("5,999 of the 6,000 charities of VT");
  }

  @ParameterizedTest
  @CsvSource({"2, false", "3, true"})
  void theCatalogMayHaveLittleBehindTheLastRow(long beyond, boolean refused) {
    assertThat(
            fault(
                read(14000, 0, new Ein("996012116")),
                new OfState("DC", 14000, 14000, beyond, beyond)))
        .matches(fault -> (fault != null) == refused);
  }

  @Test
  void aFirstFileMustReachTheHighEins() {
    OfState unknown = new OfState("DC", 7000, 0, 0, 0);
    assertThat(fault(read(7000, 0, new Ein("521234567")), unknown)).contains("cut off");
    assertThat(fault(read(7000, 0, new Ein("996870323")), unknown)).isNull();
    assertThat(fault(read(999, 0, new Ein("521234567")), unknown)).isNull();
    assertThat(fault(read(7000, 0, null), unknown)).isNull();
    assertThat(fault(new BmfFile.Read(2000, 0, new Ein("890003000"), 1), unknown)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "1200000, 600000, false",
    "1200000, 599999, true",
    "100000,  49999,  true",
    "99999,   0,      false",
    "0,       0,      false",
  })
  void aFirstPublication78HasHalfOfTheCountrysDeductibleCharities(
      long deductible, long listed, boolean refused) {
    assertThat(Plausibility.faultOfCoverage(new DeductibleCoverage(deductible, listed)).isPresent())
        .isEqualTo(refused);
  }

  private static BmfFile.Read read(long rows, long bad, @Nullable Ein last) {
    return new BmfFile.Read(rows, bad, last, last == null ? 0 : 40);
  }

  private static @Nullable String fault(BmfFile.Read read, OfState... states) {
    return Plausibility.faultOfDifference(read, new Difference(0, 0, List.of(states))).orElse(null);
  }
}
