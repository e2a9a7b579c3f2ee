package app.heyblue.catalogs.families;

import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.catalogs.bmf.LineReader;
import app.heyblue.catalogs.lists.ListFormat;
import app.heyblue.catalogs.lists.StagedRow;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A state's families as docs/reference/families-csv.md describes them. Columns that it doesn't know
 * refuse the file: nobody's name shall come this way by mistake.
 */
public final class FamiliesFormat implements ListFormat {
  private static final String CASE_NUMBER = "case_number";
  private static final String STATE = "state";
  private static final String ZIP = "zip";
  private static final String CAUSE = "cause";
  private static final String VALID_UNTIL = "valid_until";
  private static final List<String> REQUIRED = List.of(CASE_NUMBER, STATE, ZIP);
  private static final List<String> KNOWN = List.of(CASE_NUMBER, STATE, ZIP, CAUSE, VALID_UNTIL);
  private static final Pattern TWO_LETTERS = Pattern.compile("[A-Z]{2}");
  private static final Pattern ZIP_CODE = Pattern.compile("[0-9]{3}([0-9]{2}(-?[0-9]{4})?)?");
  private static final int SHORTEST_NUMBER = 4;
  private static final int LONGEST_NUMBER = 40;
  private static final int LONGEST_CAUSE = 100;

  private final CaseNumbers numbers;
  private final CsvReader.CsvReaderBuilder csv = CsvReader.builder();
  private List<String> columns = List.of();

  public FamiliesFormat(CaseNumbers numbers) {
    this.numbers = numbers;
  }

  @Override
  public boolean hasHeader() {
    return true;
  }

  @Override
  public Optional<String> faultOfHeader(LineReader.Line line) {
    String[] names = line.whole() ? fields(line.text()) : null;
    if (names == null) {
      return Optional.of("its first row can't be read as CSV");
    }
    List<String> found = new ArrayList<>();
    for (String name : names) {
      found.add(name.replace("\ufeff", "").strip().toLowerCase(Locale.ROOT));
    }
    for (String required : REQUIRED) {
      if (!found.contains(required)) {
        return Optional.of("its header has no column " + required);
      }
    }
    for (int i = 0; i < found.size(); i++) {
      if (!KNOWN.contains(found.get(i))) {
        return Optional.of(
            "column %d isn't one of %s; leave out what HeyBlue needn't know"
                .formatted(i + 1, String.join(", ", KNOWN)));
      }
    }
    if (found.stream().distinct().count() < found.size()) {
      return Optional.of("its header names a column twice");
    }
    columns = found;
    return Optional.empty();
  }

  @Override
  public String name() {
    return "a file of families";
  }

  @Override
  public boolean isSorted() {
    return false;
  }

  @Override
  public boolean isWhole(LineReader.Line lastLine) {
    return false;
  }

  @Override
  public StagedRow row(LineReader.Line line) {
    String[] fields = line.whole() ? fields(line.text()) : null;
    if (fields == null || fields.length != columns.size()) {
      return new StagedRow.Bad(fields == null ? null : key(fields));
    }
    Arrays.setAll(fields, i -> fields[i].strip());
    String key = key(fields);
    String state = value(fields, STATE).toUpperCase(Locale.ROOT);
    String zip = value(fields, ZIP);
    String cause = value(fields, CAUSE);
    String until = value(fields, VALID_UNTIL);
    if (key == null
        || !TWO_LETTERS.matcher(state).matches()
        || !ZIP_CODE.matcher(zip).matches()
        || cause.length() > LONGEST_CAUSE
        || line.text().chars().anyMatch(Character::isISOControl)
        || !isDate(until)) {
      return new StagedRow.Bad(key);
    }
    return new StagedRow.Good(
        key, Arrays.asList(state, zip.substring(0, 3), orNull(cause), orNull(until)));
  }

  private @Nullable String key(String[] fields) {
    String number = FamilyCatalog.canonical(value(fields, CASE_NUMBER));
    return number.length() < SHORTEST_NUMBER || number.length() > LONGEST_NUMBER
        ? null
        : "\\x" + HexFormat.of().formatHex(numbers.fingerprint(number));
  }

  private String value(String[] fields, String column) {
    int index = columns.indexOf(column);
    return index < 0 || index >= fields.length ? "" : fields[index].strip();
  }

  private String @Nullable [] fields(String line) {
    try {
      return csv.ofSingleCsvRecord(StringArrayHandler.of(), line);
    } catch (CsvParseException e) {
      return null;
    }
  }

  private static boolean isDate(String text) {
    if (text.isEmpty()) {
      return true;
    }
    try {
      LocalDate date = LocalDate.parse(text);
      return date.getYear() >= 2000 && date.getYear() < 3000;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
