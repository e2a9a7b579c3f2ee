package app.heyblue.catalogs.pub78;

import app.heyblue.catalogs.bmf.LineReader;
import app.heyblue.catalogs.lists.ListFormat;
import app.heyblue.catalogs.lists.StagedRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Publication 78 as the IRS offers it for download: no header, six fields between pipes, no quotes:
 * EIN, name, city, state (blank abroad), country, deductibility codes. See IRS, "Tax Exempt
 * Organization Search: Publication 78 data".
 */
public final class Pub78Format implements ListFormat {
  private static final int FIELDS = 6;
  private static final Set<String> CODES =
      Set.of("PC", "POF", "PF", "SO", "SONFI", "SOUNK", "GROUP", "LODGE", "UNKWN", "EO", "FORGN");
  private static final Pattern EIN = Pattern.compile("[0-9]{9}");
  private static final Pattern STATE = Pattern.compile("[A-Z]{2}");

  @Override
  public boolean hasHeader() {
    return false;
  }

  @Override
  public Optional<String> faultOfHeader(LineReader.Line line) {
    return Optional.empty();
  }

  @Override
  public String name() {
    return "Publication 78";
  }

  @Override
  public boolean isSorted() {
    return true;
  }

  /** Copies of the real file come without the last line end; then the codes must be known ones. */
  @Override
  public boolean isWhole(LineReader.Line lastLine) {
    return row(lastLine) instanceof StagedRow.Good good
        && CODES.containsAll(List.of(String.valueOf(good.values().getLast()).split(",")));
  }

  @Override
  public StagedRow row(LineReader.Line line) {
    String[] fields = line.text().split("\\|", -1);
    Arrays.setAll(fields, i -> fields[i].strip());
    String ein = EIN.matcher(fields[0]).matches() ? fields[0] : null;
    if (ein == null
        || !line.whole()
        || fields.length != FIELDS
        || fields[1].isEmpty()
        || line.text().chars().anyMatch(Character::isISOControl)
        || !(fields[3].isEmpty() || STATE.matcher(fields[3]).matches())) {
      return new StagedRow.Bad(ein);
    }
    return new StagedRow.Good(
        ein, Arrays.asList(fields[1], fields[2], orNull(fields[3]), fields[4], fields[5]));
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
