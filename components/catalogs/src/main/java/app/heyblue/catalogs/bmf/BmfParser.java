package app.heyblue.catalogs.bmf;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.StringArrayHandler;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of an extract. A row is a line: no field of the real files holds a line end, and a
 * quote that is never closed must not swallow the rows behind it. For one thread.
 */
final class BmfParser {
  private static final BmfColumn[] COLUMNS = BmfColumn.values();
  private static final Pattern STATE = Pattern.compile("[A-Z]{2}");
  private static final int SHOWN = 30;

  private final RowFingerprint fingerprint;
  private final CsvReader.CsvReaderBuilder csv = CsvReader.builder();

  BmfParser(RowFingerprint fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** What is wrong with the header, if anything is. */
  Optional<String> faultOfHeader(LineReader.Line header) {
    String[] names = header.whole() ? fields(header.text()) : null;
    if (names == null) {
      return Optional.of("its first row can't be read as CSV");
    }
    if (names.length > 0 && names[0].startsWith("\ufeff")) {
      names[0] = names[0].substring(1);
    }
    for (int i = 0; i < Math.min(names.length, COLUMNS.length); i++) {
      if (!names[i].equals(COLUMNS[i].name())) {
        return Optional.of(
            "column %d should be %s but is “%s”".formatted(i + 1, COLUMNS[i], shown(names[i])));
      }
    }
    return names.length == COLUMNS.length
        ? Optional.empty()
        : Optional.of(
            "it should have %d columns but has %d".formatted(COLUMNS.length, names.length));
  }

  BmfRow row(LineReader.Line line) {
    String[] fields = line.whole() ? fields(line.text()) : null;
    if (fields == null) {
      return new BmfRow.Bad(leadingEin(line.text()), "it can't be read as CSV");
    }
    Ein ein = ein(BmfColumn.EIN.of(fields));
    if (fields.length != COLUMNS.length) {
      return new BmfRow.Bad(ein, "it has " + fields.length + " columns");
    }
    if (ein == null) {
      return new BmfRow.Bad(null, "its EIN hasn't nine digits");
    }
    if (hasControlCharacter(line.text())) {
      return new BmfRow.Bad(ein, "it holds a control character");
    }
    String name = BmfColumn.NAME.of(fields).strip();
    String state = BmfColumn.STATE.of(fields).strip();
    if (name.isEmpty()) {
      return new BmfRow.Bad(ein, "it has no name");
    }
    if (!state.isEmpty() && !STATE.matcher(state).matches()) {
      return new BmfRow.Bad(ein, "its state hasn't two letters");
    }
    return new BmfRow.Good(
        new Charity(
            ein,
            name,
            BmfColumn.CITY.of(fields).strip(),
            orNull(state),
            BmfColumn.ZIP.of(fields).strip(),
            orNull(BmfColumn.NTEE_CD.of(fields).strip()),
            BmfColumn.DEDUCTIBILITY.of(fields).strip().equals("1")),
        fingerprint.of(fields));
  }

  private String @Nullable [] fields(String line) {
    if (line.indexOf('"') < 0) {
      return withoutQuotes(line);
    }
    try {
      return csv.ofSingleCsvRecord(StringArrayHandler.of(), line);
    } catch (CsvParseException e) {
      return null;
    }
  }

  /** Nearly every line is of this kind, and read ten times faster so. */
  private static String[] withoutQuotes(String line) {
    String[] fields = new String[COLUMNS.length];
    int count = 0;
    int from = 0;
    for (int to = line.indexOf(','); to >= 0; to = line.indexOf(',', from)) {
      fields = count < fields.length ? fields : Arrays.copyOf(fields, 2 * count);
      fields[count++] = line.substring(from, to);
      from = to + 1;
    }
    fields = count < fields.length ? fields : Arrays.copyOf(fields, count + 1);
    fields[count++] = line.substring(from);
    return count == fields.length ? fields : Arrays.copyOf(fields, count);
  }

  private static @Nullable Ein ein(String text) {
    return isNineDigits(text) ? new Ein(text) : null;
  }

  private static boolean isNineDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.length() == 9;
  }

  private static @Nullable Ein leadingEin(String line) {
    return line.length() > 9 && line.charAt(9) == ',' ? ein(line.substring(0, 9)) : null;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private static boolean hasControlCharacter(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private static String shown(String text) {
    return text.codePoints()
        .limit(SHOWN)
        .filter(c -> !Character.isISOControl(c))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
