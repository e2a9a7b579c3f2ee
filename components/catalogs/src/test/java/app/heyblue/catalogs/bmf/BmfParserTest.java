package app.heyblue.catalogs.bmf;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as the real files have them, and rows as no file should have them. */
class BmfParserTest {
  static final String HEADER =
      Arrays.stream(BmfColumn.values()).map(Enum::name).collect(Collectors.joining(","));
  private static final String LEADING_ZERO =
      "010123106,MORNING STAR BAPTIST CHURCH,,3204 BROTHERS PL SE,WASHINGTON,DC,20032-1501,1961,03,9,"
          + "7000,196811,1,10,029000000,5,01,,0,0,06,0,12,,,,,";
  private static final String QUOTED =
      "030123456,\"SMITH, JONES AND CO\",% JANE DOE,\"1 MAIN ST, APT 2\",BURLINGTON,VT,05401,0000,03,3,"
          + "1000,200211,2,15,000000000,1,01,202406,6,4,01,0,06,1416834,433360,324462,S30,";
  private static final String NEGATIVE =
      "521234567,LOSSES INC,,1 K ST NW,WASHINGTON,DC,20001-0000,0000,03,3,1000,200211,1,15,000000000,1,"
          + "01,202406,6,4,01,0,06,-25,-1416834,,T22,";
  private static final String FOREIGN =
      "980123456,AMIS DU MUSEE,,1 RUE DE RIVOLI,PARIS FRANCE,,,0000,03,3,1000,200211,1,15,000000000,1,"
          + "01,202406,6,4,01,0,06,1,1,1,A51,";

  private final BmfParser parser =
      new BmfParser(new RowFingerprint(new SecretKeySpec(new byte[32], "HmacSHA256")));

  @Test
  void keepsLeadingZerosAndTakesBlankAmountsAndCauses() {
    assertThat(charity(LEADING_ZERO))
        .isEqualTo(
            new Charity(
                new Ein("010123106"),
                "MORNING STAR BAPTIST CHURCH",
                "WASHINGTON",
                "DC",
                "20032-1501",
                null,
                true));
  }

  @Test
  void readsCommasInsideQuotes() {
    assertThat(charity(QUOTED))
        .isEqualTo(
            new Charity(
                new Ein("030123456"),
                "SMITH, JONES AND CO",
                "BURLINGTON",
                "VT",
                "05401",
                "S30",
                false));
  }

  @Test
  void takesNegativeAmounts() {
    assertThat(charity(NEGATIVE).name()).isEqualTo("LOSSES INC");
  }

  @Test
  void takesForeignRowsWithoutAState() {
    assertThat(charity(FOREIGN).state()).isNull();
    assertThat(charity(FOREIGN).zip()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EIN of eight digits | 10123106,NAME",
        "EIN of letters      | ABCDEFGHI,NAME",
        "EIN with a hyphen   | 01-0123106,NAME",
        "blank EIN           | ,NAME",
        "no name             | 010123106,",
      })
  void refusesRowsThatNameNoCharity(String what, String beginning) {
    String rest = LEADING_ZERO.substring("010123106,MORNING STAR BAPTIST CHURCH".length());
    assertThat(row(beginning.strip() + rest)).as(what).isInstanceOf(BmfRow.Bad.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "010123106,TOO,FEW",
        LEADING_ZERO + ",ONE TOO MANY",
        "010123106,\"A QUOTE NEVER CLOSED" + LEADING_ZERO,
        "010123106,\"CLOSED\" TOO EARLY,,,,,,,,,,,,,,,,,,,,,,,,,,",
        "010123106,NUL\0,,,WASHINGTON,DC,,,,,,,,,,,,,,,,,,,,,,",
        "010123106,CR\rINSIDE,,,WASHINGTON,DC,,,,,,,,,,,,,,,,,,,,,,",
        "010123106,LOWER CASE STATE,,,WASHINGTON,dc,,,,,,,,,,,,,,,,,,,,,,",
        "010123106,LONG STATE,,,WASHINGTON,DCX,,,,,,,,,,,,,,,,,,,,,,",
      })
  void knowsWhoseRowIsBadWhereTheEinCanBeRead(String line) {
    assertThat(row(line))
        .isInstanceOfSatisfying(
            BmfRow.Bad.class, bad -> assertThat(bad.ein()).isEqualTo(new Ein("010123106")));
  }

  @Test
  void quotesAndLineEndsMakeNoDifference() {
    assertThat(fingerprint(LEADING_ZERO.replace("WASHINGTON", "\"WASHINGTON\"")))
        .isEqualTo(fingerprint(LEADING_ZERO));
  }

  @Property(tries = 300)
  void aRowDiffersExactlyWhereAColumnDiffers(
      @ForAll @IntRange(min = 0, max = 27) int column,
      @ForAll
          @AlphaChars
          @Chars({',', ' ', '-'})
          @CharRange(from = '0', to = '9')
          @StringLength(max = 20)
          String value) {
    String[] fields = LEADING_ZERO.split(",", -1);
    String[] other = fields.clone();
    other[column] = value;
    RowFingerprint fingerprint = new RowFingerprint(new SecretKeySpec(new byte[32], "HmacSHA256"));
    assertThat(fingerprint.of(other).equals(fingerprint.of(fields)))
        .isEqualTo(Arrays.equals(fields, other));
  }

  private Charity charity(String line) {
    return ((BmfRow.Good) row(line)).charity();
  }

  private String fingerprint(String line) {
    return ((BmfRow.Good) row(line)).fingerprint();
  }

  private BmfRow row(String line) {
    return parser.row(new LineReader.Line(line, true, true));
  }
}
