package app.heyblue.server.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The demo town's charities, all made up: {@value #COUNT} rows in the form of the IRS EO BMF
 * extract. Their EINs begin with 97, a prefix that the IRS has never assigned, and their state is
 * Wyoming, so that a real extract of another state leaves them alone.
 */
final class DemoCharities {
  static final int COUNT = 2_000;

  private static final List<String> PLACES =
      List.of(
          "MAPLE STREET",
          "RIVERBEND",
          "NORTHGATE",
          "OLD MILL",
          "PRAIRIE VIEW",
          "HARBOR",
          "LANTERN",
          "COTTONWOOD",
          "FOOTHILLS",
          "UNION SQUARE",
          "WILLOW CREEK",
          "SUNRISE",
          "EAST SIDE",
          "GRANITE",
          "MEADOWLARK",
          "PINE RIDGE",
          "STONE BRIDGE",
          "CLEARWATER",
          "HIGH PLAINS",
          "ORCHARD");
  private static final List<String> CAUSES =
      List.of(
          "FOOD PANTRY",
          "YOUTH CENTER",
          "ANIMAL SHELTER",
          "READING CIRCLE",
          "VETERANS FUND",
          "FAMILY SHELTER",
          "COMMUNITY GARDEN",
          "CHILDRENS CLINIC",
          "MUSIC SCHOOL",
          "NEIGHBORS FUND");
  private static final List<String> NTEE =
      List.of("K31", "O50", "D20", "B92", "W30", "L41", "C42", "E32", "A6E", "S20");
  private static final List<String> FORMS =
      List.of(
          "",
          " INC",
          " FOUNDATION",
          " TRUST",
          " ASSOCIATION",
          " SOCIETY",
          " OF BLUEFIELD",
          " ALLIANCE",
          " COALITION",
          " PROJECT");

  private DemoCharities() {}

  static String ein(int number) {
    return "97%07d".formatted(1_000 + number);
  }

  static String name(int number) {
    return PLACES.get(number % PLACES.size())
        + " "
        + CAUSES.get(number / PLACES.size() % CAUSES.size())
        + FORMS.get(number / (PLACES.size() * CAUSES.size()) % FORMS.size());
  }

  /** Writes all of them as an extract. */
  static void write(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
      out.write(
          "EIN,NAME,ICO,STREET,CITY,STATE,ZIP,GROUP,SUBSECTION,AFFILIATION,CLASSIFICATION,RULING,"
              + "DEDUCTIBILITY,FOUNDATION,ACTIVITY,ORGANIZATION,STATUS,TAX_PERIOD,ASSET_CD,"
              + "INCOME_CD,FILING_REQ_CD,PF_FILING_REQ_CD,ACCT_PD,ASSET_AMT,INCOME_AMT,"
              + "REVENUE_AMT,NTEE_CD,SORT_NAME\r\n");
      for (int number = 0; number < COUNT; number++) {
        out.write(
            "%s,%s,,%d MAIN ST,BLUEFIELD,WY,%s,0000,03,3,1000,199901,1,15,000000000,1,01,202412,3,3,01,0,12,%d,%d,%d,%s,\r\n"
                .formatted(
                    ein(number),
                    name(number),
                    1 + number,
                    zip(number),
                    10_000 + 37 * number,
                    9_000 + 31 * number,
                    9_000 + 29 * number,
                    NTEE.get(number / PLACES.size() % NTEE.size())));
      }
    }
  }

  static String zip(int number) {
    return "82%03d".formatted(number % 20);
  }
}
