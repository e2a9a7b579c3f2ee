package app.heyblue.onboarding.roster;

import app.heyblue.onboarding.Agency;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
public final class RosterFile {
  private static final List<String> HEADER =
      List.of("agency", "domain", "timeZone", "zip", "badge");
  private static final int LONGEST_FIELD = 16 * 1024;
  private static final CsvReader.CsvReaderBuilder ROWS =
      CsvReader.builder()
          .skipEmptyLines(true)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .maxBufferSize(LONGEST_FIELD);
  private static final int SHOWN_ERRORS = 20;
  private static final int KEPT_ERRORS = 1000;

  private final Map<String, Agency> agencies = new HashMap<>();
  private final Map<Agency, Set<String>> badges = new LinkedHashMap<>();
  private final List<String> errors = new ArrayList<>();

  private RosterFile() {}

  /** The file can't be used as it is; the message names the lines. */
  public static final class Faulty extends RuntimeException {
    private final String faults;

    Faulty(Path file, List<String> errors) {
      super("The roster " + file + " has faults:\n" + text(errors));
      this.faults = text(errors);
    }

    /** What is wrong, by line; without the file's name. */
    public String faults() {
      return faults;
    }

    private static String text(List<String> errors) {
      return String.join("\n", errors.subList(0, Math.min(errors.size(), SHOWN_ERRORS)))
          + (errors.size() > SHOWN_ERRORS
              ? "\n… and " + (errors.size() - SHOWN_ERRORS) + " more"
              : "");
    }
  }

  /**
   * The agencies in a file and the badges of each.
   *
   * @throws Faulty naming every fault by its line
   */
  public static Map<Agency, Set<String>> read(Path file) {
    RosterFile roster = new RosterFile();
    try (Reader text = strict(file);
        CsvReader<CsvRecord> rows = ROWS.ofCsvRecord(text)) {
      boolean header = true;
      for (CsvRecord row : rows) {
        if (!header) {
          roster.take(row);
        } else if (!isHeader(row.getFields())) {
          throw new Faulty(file, List.of("line 1: the header must be " + String.join(",", HEADER)));
        }
        header = false;
      }
      if (header) {
        throw new Faulty(file, List.of("it is empty"));
      }
    } catch (CsvParseException e) {
      throw new Faulty(
          file, List.of("it isn't CSV with fields of at most " + LONGEST_FIELD + " characters"));
    } catch (CharacterCodingException e) {
      throw new Faulty(file, List.of("it isn't in UTF-8"));
    } catch (UncheckedIOException e) {
      throw new Faulty(
          file,
          List.of(
              e.getCause() instanceof CharacterCodingException
                  ? "it isn't in UTF-8"
                  : "it can't be read"));
    } catch (IOException e) {
      throw new Faulty(file, List.of("it can't be read"));
    }
    if (!roster.errors.isEmpty()) {
      throw new Faulty(file, roster.errors);
    }
    return roster.badges;
  }

  private static Reader strict(Path file) throws IOException {
    return new InputStreamReader(
        Files.newInputStream(file),
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** Spreadsheets put a byte order mark before it. */
  private static boolean isHeader(List<String> fields) {
    List<String> plain = new ArrayList<>(fields);
    plain.set(0, plain.getFirst().replaceFirst("^\\uFEFF", ""));
    return plain.equals(HEADER);
  }

  private void take(CsvRecord row) {
    long line = row.getStartingLineNumber();
    if (row.getFieldCount() != HEADER.size()) {
      fault(
          "line %d: %d columns where %d are expected"
              .formatted(line, row.getFieldCount(), HEADER.size()));
      return;
    }
    String badge = Roster.normalised(row.getField(4));
    if (badge.isEmpty() || badge.length() > 40) {
      fault("line " + line + ": a badge has 1 to 40 characters");
    }
    Agency agency = agency(row, line);
    if (agency == null) {
      return;
    }
    Agency earlier = agencies.putIfAbsent(agency.id(), agency);
    if (earlier != null && !earlier.equals(agency)) {
      fault(
          "line "
              + line
              + ": "
              + agency.name()
              + " stands above with another name, domain, zone or ZIP");
    } else if (!badges.computeIfAbsent(agency, none -> new LinkedHashSet<>()).add(badge)) {
      fault("line " + line + ": this badge stands above");
    }
  }

  private void fault(String fault) {
    if (errors.size() < KEPT_ERRORS) {
      errors.add(fault);
    }
  }

  private @Nullable Agency agency(CsvRecord row, long line) {
    try {
      return new Agency(row.getField(0), row.getField(1), row.getField(2), row.getField(3));
    } catch (IllegalArgumentException e) {
      fault("line " + line + ": " + e.getMessage());
      return null;
    }
  }
}
