package app.heyblue.onboarding.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.onboarding.Agency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RosterFileIT {
  @TempDir Path folder = Path.of("");

  @Test
  void readsAgenciesWithTheirBadges() throws IOException {
    Path file =
        file(
            """
            agency,domain,timeZone,zip,badge
            Metro Police,metro.example,America/New_York,20001,0042
            "Sheriff, Harbor County",sheriff.example,America/Denver,05401,h-1
            metro police ,METRO.example,America/New_York,20001,#43
            """
                .replace("metro police ,METRO", "Metro Police ,METRO"));

    assertThat(RosterFile.read(file))
        .containsExactly(
            java.util.Map.entry(
                new Agency("Metro Police", "metro.example", "America/New_York", "20001"),
                Set.of("0042", "43")),
            java.util.Map.entry(
                new Agency("Sheriff, Harbor County", "sheriff.example", "America/Denver", "05401"),
                Set.of("H-1")));
  }

  @Test
  void namesEveryFaultByItsLine() throws IOException {
    Path file =
        file(
            """
            agency,domain,timeZone,zip,badge
            Metro Police,metro,America/New_York,20001,1
            Metro Police,metro.example,Mars/Olympus,20001,1
            Metro Police,metro.example,America/New_York,2001,1
            Metro Police,metro.example,America/New_York,20001
            Metro Police,metro.example,America/New_York,20001,#
            Metro Police,metro.example,America/New_York,20001,1
            Metro Police,metro.example,America/Denver,20001,2
            Metro Police,metro.example,America/New_York,20001, 1
            """);

    assertThatThrownBy(() -> RosterFile.read(file))
        .hasMessageContaining("line 2: an e-mail domain")
        .hasMessageContaining("line 3: a time zone")
        .hasMessageContaining("line 4: a ZIP has five digits")
        .hasMessageContaining("line 5: 4 columns where 5 are expected")
        .hasMessageContaining("line 6: a badge has")
        .hasMessageContaining("line 8: Metro Police stands above")
        .hasMessageContaining("line 9: this badge stands above");
  }

  @Test
  void refusesAnotherHeaderAndAFileThatIsNotThere() throws IOException {
    Path file = file("name,badge\nMetro,1\n");
    assertThatThrownBy(() -> RosterFile.read(file)).hasMessageContaining("line 1: the header");
    assertThatThrownBy(() -> RosterFile.read(folder.resolve("absent.csv")))
        .hasMessageContaining("can't be read");
  }

  @Test
  void takesTheByteOrderMarkOfSpreadsheets() throws IOException {
    Path file =
        file("\uFEFFagency,domain,timeZone,zip,badge\r\nMetro,metro.example,UTC,20001,1\r\n");

    assertThat(RosterFile.read(file)).hasSize(1);
  }

  @Test
  void refusesHostileFilesWhole() throws IOException {
    String head = "agency,domain,timeZone,zip,badge\n";
    String row = "Metro,metro.example,UTC,20001,";
    assertFaulty("", "empty");
    assertFaulty(head + row + "\"" + "x".repeat(100_000), "CSV");
    assertFaulty(head + row + "x".repeat(100_000) + "\n", "CSV");
    assertFaulty(head + "Me\u0000tro,metro.example,UTC,20001,1\n", "visible characters");
    assertFaulty(head + "Me\u202Etro,metro.example,UTC,20001,1\n", "visible characters");
    assertFaulty(head + "北京,metro.example,UTC,20001,1\n", "visible characters");
    assertFaulty(head + "Metro,m\u0435tro.example,UTC,20001,1\n", "an e-mail domain");
    assertFaulty(head + row + "\u200B\u00A0#\n", "a badge has");
    assertFaulty(head + row + "1\n" + row + "\uFF11\n", "this badge stands above");
    assertFaulty(head + row + "1\nMETRO.,metro.example,UTC,20001,2\n", "another name");
    assertFaulty(head + (row + "\n").repeat(5_000), "more");
  }

  @Test
  void refusesAnotherEncoding() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(
        file,
        "agency,domain,timeZone,zip,badge\nNiño,n.example,UTC,20001,1\n"
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> RosterFile.read(file)).hasMessageContaining("isn't in UTF-8");
  }

  private void assertFaulty(String text, String fault) throws IOException {
    Path file = file(text);
    assertThatThrownBy(() -> RosterFile.read(file))
        .isInstanceOf(RosterFile.Faulty.class)
        .hasMessageContaining(fault)
        .satisfies(e -> assertThat(String.valueOf(e.getMessage())).hasSizeLessThan(4_000));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("roster.csv"), text);
  }
}
