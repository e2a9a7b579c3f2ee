package app.heyblue.catalogs.bmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.catalogs.Ein;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are whole, cut off, or something else altogether. */
class BmfFileTest {
  private static final String HEADER = BmfParserTest.HEADER;
  private final List<Long> lines = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void readsBothLineEnds(String end) throws Exception {
    BmfFile.Read read = read(HEADER + end + row("010000001") + end + row("020000001") + end);
    assertThat(read).isEqualTo(new BmfFile.Read(2, 0, new Ein("020000001"), 2));
    assertThat(lines).containsExactly(2L, 3L);
  }

  @Test
  void countsBadRowsAndPassesOverEmptyLines() throws Exception {
    BmfFile.Read read = read(HEADER + "\n\n" + row("010000001") + "\nrubbish\n\r\n");
    assertThat(read).isEqualTo(new BmfFile.Read(2, 1, new Ein("010000001"), 1));
  }

  @Test
  void aQuoteThatIsNeverClosedSpoilsItsOwnRowOnly() throws Exception {
    BmfFile.Read read =
        read(HEADER + "\n010000001,\"OPEN,,\n" + row("020000001") + "\n" + row("030000001") + "\n");
    assertThat(read.rows()).isEqualTo(3);
    assertThat(read.bad()).isEqualTo(1);
  }

  @Test
  void anEndlessLineIsOneBadRow() throws Exception {
    BmfFile.Read read = read(HEADER + "\n" + "A,".repeat(500_000) + "\n" + row("020000001") + "\n");
    assertThat(read).isEqualTo(new BmfFile.Read(2, 1, new Ein("020000001"), 1));
  }

  @Test
  void saysWhereNoOrderByEinIs() throws Exception {
    assertThat(read(HEADER + "\n" + row("020000001") + "\n" + row("010000001") + "\n").lastEin())
        .isNull();
  }

  @Test
  void takesAByteOrderMark() throws Exception {
    assertThat(read("\ufeff" + HEADER + "\n" + row("010000001") + "\n").rows()).isEqualTo(1);
  }

  @Test
  void refusesAFileCutOffAnywhereInsideItsLastRow() {
    String whole = HEADER + "\r\n" + row("010000001") + "\r\n" + row("020000001") + "\r\n";
    int begin = whole.length() - row("020000001").length() - 2;
    for (int end = begin + 1; end < whole.length(); end++) {
      String cut = whole.substring(0, end);
      assertThatThrownBy(() -> read(cut)).hasMessageContaining("cut off").hasMessageContaining("3");
    }
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> read("")).hasMessageContaining("empty");
  }

  @Test
  void refusesOtherColumnsAndNamesThem() {
    assertThatThrownBy(() -> read(HEADER.replace(",ICO,", ",CARE_OF,") + "\n"))
        .isInstanceOf(UnusableFile.class)
        .hasMessageContaining("column 3 should be ICO but is “CARE_OF”");
    assertThatThrownBy(() -> read(HEADER + ",EXTRA\n")).hasMessageContaining("28 columns");
    assertThatThrownBy(() -> read(HEADER.replace(",SORT_NAME", "") + "\n"))
        .hasMessageContaining("28 columns");
    assertThatThrownBy(() -> read("PK\u0003\u0004\0\0garbage\n")).isInstanceOf(UnusableFile.class);
    assertThatThrownBy(() -> read("000003154|Some Charity|Milton|MA|United States|PC\n"))
        .isInstanceOf(UnusableFile.class);
  }

  private BmfFile.Read read(String text) throws IOException, UnusableFile {
    return BmfFile.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
        new RowFingerprint(new SecretKeySpec(new byte[32], "HmacSHA256")),
        (line, row) -> lines.add(line));
  }

  private static String row(String ein) {
    return ein + ",NAME OF " + ein + ",,,WASHINGTON,DC,20001" + ",".repeat(21);
  }
}
