package app.heyblue.testing.bmf;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One row of a country's extract. */
final class CountryRow {
  private static final String[] SUBSECTION = {"03", "03", "03", "03", "04", "06", "05", "07", "19"};
  private static final String[] MONTHS = {"12", "12", "12", "06", "06", "09", "03", "08"};
  private static final String NTEE = "BASPQXTWRCEONIJLUFYVGKHMZD";

  private CountryRow() {}

  /**
   * Appends the row.
   *
   * @param change where it isn't null, the row is another than before in what it decides
   */
  static void append(
      StringBuilder line, int ein, SplittableRandom random, @Nullable SplittableRandom change) {
    boolean shown = change != null && change.nextInt(5) == 0;
    SplittableRandom ofName = random.split();
    SplittableRandom ofPlace = random.split();
    Place place = Place.of(shown && change != null && change.nextBoolean() ? change : ofPlace);
    String name = Names.of(ofName, place);
    int digits = ein;
    for (int unit = 100_000_000; unit > 0; unit /= 10) {
      line.append((char) ('0' + digits / unit));
      digits %= unit;
    }
    field(line.append(','), shown ? name + " FUND" : name);
    boolean group = random.nextInt(6) == 0;
    line.append(',');
    if (random.nextInt(3) > 0) {
      line.append("% ").append(Names.person(random));
    }
    line.append(',');
    street(line, random);
    line.append(',').append(place.city()).append(',').append(place.state()).append(',');
    line.append(place.zip());
    line.append(',').append(group ? 1000 + random.nextInt(5000) : "0000");
    line.append(',').append(SUBSECTION[random.nextInt(SUBSECTION.length)]);
    line.append(group ? ",9," : ",3,").append(1000 * (1 + random.nextInt(3)));
    line.append(',').append(1940 + random.nextInt(86));
    line.append(random.nextBoolean() ? "0" : "1").append(1 + random.nextInt(2));
    line.append(random.nextInt(5) == 0 ? ",2," : ",1,").append(15 + random.nextInt(2));
    line.append(',');
    line.append(random.nextInt(3) > 0 ? "000000000" : "029000000");
    line.append(random.nextInt(5) == 0 ? ",5,01," : ",1,01,");
    boolean silent = random.nextInt(7) == 0;
    String month = MONTHS[random.nextInt(MONTHS.length)];
    if (!silent) {
      line.append(change == null ? "2024" : "2025").append(month);
    }
    boolean large = !silent && random.nextInt(2) == 0;
    line.append(large ? ",6,4,01,0," : ",0,0,02,0,").append(month);
    SplittableRandom amounts = change == null ? random.split() : change;
    amount(line, silent, large, amounts);
    amount(line, silent, large, amounts);
    if (large && amounts.nextInt(300) == 0) {
      line.append(",-").append(1 + amounts.nextInt(90_000));
    } else {
      amount(line, silent || amounts.nextInt(25) == 0, large, amounts);
    }
    line.append(',');
    if (random.nextInt(10) >= 3) {
      line.append(NTEE.charAt(random.nextInt(1 + random.nextInt(26))));
      line.append(2 + random.nextInt(7)).append(random.nextInt(10));
      line.append(random.nextInt(6) == 0 ? "Z" : "");
    }
    line.append(',');
    if (random.nextInt(5) == 0) {
      line.append(1 + random.nextInt(9999)).append(' ').append(place.city());
    }
    line.append(change == null || !silent ? "" : " II").append("\r\n");
  }

  private static void field(StringBuilder line, String text) {
    if (text.indexOf(',') >= 0) {
      line.append('"').append(text).append('"');
    } else {
      line.append(text);
    }
  }

  private static void street(StringBuilder line, SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      line.append("PO BOX ").append(1 + random.nextInt(9999));
    } else {
      line.append(1 + random.nextInt(9999)).append(' ').append(Names.proper(random)).append(" ST");
    }
  }

  private static void amount(
      StringBuilder line, boolean blank, boolean large, SplittableRandom random) {
    line.append(',');
    if (!blank) {
      line.append(large ? (long) Math.exp(6 + 10 * random.nextDouble()) : 0);
    }
  }
}
