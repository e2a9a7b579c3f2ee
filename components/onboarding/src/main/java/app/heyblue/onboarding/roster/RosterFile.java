package app.heyblue.onboarding.roster;

import app.heyblue.onboarding.Agency;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a roster file: CSV with a header and a row per badge. */
final class RosterFile {
  private static final List<String> HEADER =
      List.of("agency", "domain", "timeZone", "zip", "badge");
  private static final CsvReader.CsvReaderBuilder ROWS =
      CsvReader.builder()
          .skipEmptyLines(true)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
  private static final int SHOWN_ERRORS = 20;

  private final Map<String, Agency> agencies = new HashMap<>();
  private final Map<Agency, Set<String>> badges = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();

  private RosterFile() {}

  /** The file can't be used as it is; the message names the lines. */
  static final class Faulty extends RuntimeException {
    Faulty(Path file, List<String> errors) {
      super(
          "The roster "
              + file
              + " has faults:\n"
              + String.join("\n", errors.subList(0, Math.min(errors.size(), SHOWN_ERRORS)))
              + (errors.size() > SHOWN_ERRORS
                  ? "\n… and " + (errors.size() - SHOWN_ERRORS) + " more"
                  : ""));
    }
  }

  /**
   * The agencies in a file and the badges of each.
   *
   * @throws Faulty naming every fault by its line
   */
  static Map<Agency, Set<String>> read(Path file) {
    RosterFile roster = new RosterFile();
    try (CsvReader<CsvRecord> rows = ROWS.ofCsvRecord(file)) {
      boolean header = true;
      for (CsvRecord row : rows) {
        if (!header) {
          roster.take(row);
        } else if (!row.getFields().equals(HEADER)) {
          throw new Faulty(file, List.of("line 1: the header must be " + String.join(",", HEADER)));
        }
        header = false;
      }
    } catch (CsvParseException e) {
      throw new Faulty(file, List.of("not CSV in UTF-8: " + e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      throw new Faulty(file, List.of("can't be read: " + e.getMessage()));
    }
    if (!roster.errors.isEmpty()) {
      throw new Faulty(file, roster.errors);
    }
    return roster.badges;
  }

  private void take(CsvRecord row) {
    long line = row.getStartingLineNumber();
    if (row.getFieldCount() != HEADER.size()) {
      errors.add(
          "line %d: %d columns where %d are expected"
              .formatted(line, row.getFieldCount(), HEADER.size()));
      return;
    }
    String badge = Roster.normalised(row.getField(4));
    if (badge.isEmpty() || badge.length() > 40) {
      errors.add("line " + line + ": a badge has 1 to 40 characters");
    }
    Agency agency = agency(row, line);
    if (agency == null) {
      return;
    }
    Agency earlier = agencies.putIfAbsent(agency.id(), agency);
    if (earlier != null && !earlier.equals(agency)) {
      errors.add(
          "line " + line + ": " + agency.name() + " stands above with another domain, zone or ZIP");
    } else if (!badges.computeIfAbsent(agency, none -> new LinkedHashSet<>()).add(badge)) {
      errors.add("line " + line + ": this badge stands above");
    }
  }

  private @Nullable Agency agency(CsvRecord row, long line) {
    try {
      return new Agency(row.getField(0), row.getField(1), row.getField(2), row.getField(3));
    } catch (IllegalArgumentException e) {
      errors.add("line " + line + ": " + e.getMessage());
      return null;
    }
  }
}
