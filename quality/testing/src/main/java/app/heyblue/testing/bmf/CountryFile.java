package app.heyblue.testing.bmf;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * EO BMF extracts of a whole country, sorted by EIN as the IRS's are: 28 columns, CRLF, quotes only
 * around a comma, leading zeros, blanks, negative amounts, foreign rows without a state, a seventh
 * of the names shared. The odds are those of the District of Columbia and Vermont in April 2026.
 * Each row follows from the seed and its number alone, so that any size needs no memory.
 *
 * @param rows of the first month
 * @param seed the same for two months of one country
 */
public record CountryFile(int rows, long seed) {
  /** As many rows as the four regional files of the IRS have together. */
  public static final int WHOLE_COUNTRY = 1_950_000;

  private static final String HEADER =
      "EIN,NAME,ICO,STREET,CITY,STATE,ZIP,GROUP,SUBSECTION,AFFILIATION,CLASSIFICATION,RULING,"
          + "DEDUCTIBILITY,FOUNDATION,ACTIVITY,ORGANIZATION,STATUS,TAX_PERIOD,ASSET_CD,INCOME_CD,"
          + "FILING_REQ_CD,PF_FILING_REQ_CD,ACCT_PD,ASSET_AMT,INCOME_AMT,REVENUE_AMT,NTEE_CD,"
          + "SORT_NAME\r\n";

  /** The first two digits that the IRS hasn't given out. */
  private static final String UNASSIGNED = " 00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97 ";

  private static final int BUFFER = 1 << 18;

  /** The multiplier scatters the rows that change; it's a prime beyond any size. */
  private static final long SCATTER = 2_147_483_629L;

  /**
   * How the second month differs from the first.
   *
   * @param added new EINs, each between two old ones
   * @param changed rows of which a column differs, one in five a column that is shown
   * @param removed EINs that are gone
   */
  public record Changes(int added, int changed, int removed) {
    public static final Changes NONE = new Changes(0, 0, 0);

    /** What a month of the whole country brings. */
    public static final Changes OF_A_MONTH = new Changes(20_000, 200_000, 3_000);
  }

  /** Writes the first month. */
  public Path write(Path file) throws IOException {
    return write(file, Changes.NONE);
  }

  /** Writes the month after it. */
  public Path write(Path file, Changes changes) throws IOException {
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.US_ASCII),
            BUFFER)) {
      out.write(HEADER);
      StringBuilder line = new StringBuilder(400);
      int number = 0;
      for (int prefix = 1; prefix < 100; prefix++) {
        int until = (int) ((long) rows * assignedUpTo(prefix) / assignedUpTo(99));
        int here = until - number;
        if (here == 0) {
          continue;
        }
        int gap = 9_999_990 / here;
        for (int i = 0; i < here; i++, number++) {
          int ein = prefix * 10_000_000 + i * gap + random(number, 1).nextInt(Math.max(1, gap - 1));
          long place = Math.floorMod(number * SCATTER + seed, (long) rows);
          if (place >= changes.removed()) {
            boolean changed = place - changes.removed() < changes.changed();
            append(out, line, ein, number, changed ? 1 : 0);
          }
          if (place >= rows - changes.added()) {
            append(out, line, ein + 1, rows + number, 0);
          }
        }
      }
    }
    return file;
  }

  private static int assignedUpTo(int prefix) {
    int count = 0;
    for (int p = 1; p <= prefix; p++) {
      count += UNASSIGNED.contains(" %02d ".formatted(p)) ? 0 : 1;
    }
    return count;
  }

  private SplittableRandom random(long number, int purpose) {
    long mixed = (seed * 31 + number) * 0x9E3779B97F4A7C15L + purpose;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return new SplittableRandom(mixed ^ (mixed >>> 32));
  }

  private void append(BufferedWriter out, StringBuilder line, int ein, int number, int version)
      throws IOException {
    line.setLength(0);
    CountryRow.append(
        line, ein, random(number, 2), version == 0 ? null : random(number, 2 + version));
    out.append(line);
  }
}
