package app.heyblue.catalogs.bmf;

import app.heyblue.catalogs.Ein;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An extract as a stream of rows. */
public final class BmfFile {
  private BmfFile() {}

  /** Takes the rows in the file's order; may stop the reading by an exception. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes one row.
     *
     * @param line the row's line in the file; the header is line 1
     */
    void accept(long line, BmfRow row) throws IOException, UnusableFile;
  }

  /**
   * What was read.
   *
   * @param rows how many, bad ones included
   * @param bad how many of them are bad
   * @param lastEin the last row's of a file that is sorted by EIN, as the IRS's are; else null
   * @param prefixes how many different first two digits the EINs of a sorted file have
   */
  public record Read(long rows, long bad, @Nullable Ein lastEin, int prefixes) {}

  /**
   * Reads to the end. Empty lines are no rows.
   *
   * @throws UnusableFile where the file is empty, has another header or is cut off in mid-row
   */
  public static Read read(InputStream in, RowFingerprint fingerprint, Sink sink)
      throws IOException, UnusableFile {
    LineReader lines = new LineReader(in);
    BmfParser parser = new BmfParser(fingerprint);
    requireHeader(lines.next(), parser);
    long number = 1;
    long rows = 0;
    long bad = 0;
    Ein last = null;
    boolean sorted = true;
    int prefixes = 0;
    for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (!line.ended()) {
        throw new UnusableFile(
            "The file is cut off: it stops in the middle of line "
                + number
                + ". Nothing was changed.");
      }
      if (line.text().isEmpty()) {
        continue;
      }
      rows++;
      BmfRow row = parser.row(line);
      sink.accept(number, row);
      switch (row) {
        case BmfRow.Bad _ -> bad++;
        case BmfRow.Good good -> {
          Ein ein = good.charity().ein();
          sorted &= last == null || last.value().compareTo(ein.value()) <= 0;
          prefixes += last == null || !prefix(last).equals(prefix(ein)) ? 1 : 0;
          last = ein;
        }
      }
    }
    return new Read(rows, bad, sorted ? last : null, sorted ? prefixes : 0);
  }

  private static String prefix(Ein ein) {
    return ein.value().substring(0, 2);
  }

  private static void requireHeader(LineReader.@Nullable Line header, BmfParser parser)
      throws UnusableFile {
    if (header == null) {
      throw new UnusableFile("The file is empty. Nothing was changed.");
    }
    String fault = parser.faultOfHeader(header).orElse(null);
    if (fault != null) {
      throw new UnusableFile(
          "The file isn't an EO BMF extract of the IRS: " + fault + ". Nothing was changed.");
    }
    if (!header.ended()) {
      throw new UnusableFile("The file is cut off after its header. Nothing was changed.");
    }
  }
}
