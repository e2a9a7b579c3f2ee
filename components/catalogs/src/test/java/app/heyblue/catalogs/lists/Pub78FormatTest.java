package app.heyblue.catalogs.lists;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.catalogs.bmf.LineReader;
import app.heyblue.catalogs.pub78.Pub78Format;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of Publication 78, as the IRS writes them and as it shouldn't. */
class Pub78FormatTest {
  private final Pub78Format format = new Pub78Format();

  @Test
  void readsARow() {
    assertThat(row("000003154|Oakleaf Forest \"A\" \\ B|Norfolk|VA|United States|PC,UNKWN"))
        .isEqualTo(
            new StagedRow.Good(
                "000003154",
                Arrays.asList(
                    "Oakleaf Forest \"A\" \\ B", "Norfolk", "VA", "United States", "PC,UNKWN")));
  }

  @Test
  void foreignRowsHaveNoState() {
    assertThat(row("980000001|Amis|Paris||France|PC"))
        .isEqualTo(
            new StagedRow.Good("980000001", Arrays.asList("Amis", "Paris", null, "France", "PC")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "000003154|Name|City|VA|United States",
        "000003154|Na|me|City|VA|United States|PC",
        "000003154||City|VA|United States|PC",
        "000003154|Name|City|Virginia|United States|PC",
        "000003154|Na\tme|City|VA|United States|PC"
      })
  void keepsTheEinOfARowThatCannotBeUsed(String line) {
    assertThat(row(line)).isEqualTo(new StagedRow.Bad("000003154"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3154|Name|City|VA|United States|PC", "no pipes at all", "|||||"})
  void aRowWithoutAnEinIsNobodys(String line) {
    assertThat(row(line)).isEqualTo(new StagedRow.Bad(null));
  }

  private StagedRow row(String line) {
    return format.row(new LineReader.Line(line, true, true));
  }
}
