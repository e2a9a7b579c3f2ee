package app.heyblue.onboarding.validators;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ZipStatesIT {
  @Test
  void agreesWithTheListOfAllZipCodes() throws IOException {
    Path file =
        Path.of(System.getProperty("heyblue.shared-data", "absent"), "places/us-zip-codes.csv");
    Assumptions.assumeTrue(Files.exists(file), "no list of ZIP codes at " + file);
    List<String> wrong = new ArrayList<>();
    int known = 0;
    try (var rows = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (var row : rows) {
        String zip = row.getFields().get(0);
        String state = row.getFields().get(2);
        var found = ZipStates.stateOf(zip);
        if (found.isPresent()) {
          known++;
          if (!found.get().equals(state)) {
            wrong.add(zip + " is in " + state + ", not " + found.get());
          }
        }
      }
    }
    assertThat(known).isGreaterThan(40_000);
    // Offices of the federal government that have a neighbour's prefix, a village that is reached
    // from the next state only, and one row that the list has wrong.
    assertThat(wrong)
        .containsExactlyInAnyOrder(
            "20588 is in MD, not DC",
            "20598 is in VA, not DC",
            "56945 is in IA, not DC",
            "83414 is in WY, not ID",
            "93737 is in NV, not CA");
  }
}
