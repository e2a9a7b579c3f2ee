package app.heyblue.testing.bmf;

import java.util.SplittableRandom;

/**
 * Where a charity of the country is.
 *
 * @param state empty for foreign ones
 * @param zip empty for foreign ones of small countries
 */
record Place(String city, String state, String zip) {
  /** Two letters, the share in thousandths, and the first ZIP prefix. */
  private static final String[] STATES =
      ("CA 105 900,TX 75 750,NY 62 100,FL 60 320,PA 42 150,OH 38 430,IL 38 600,GA 32 300,NC 31 270,"
              + "MI 30 480,NJ 28 070,VA 27 220,WA 24 980,MA 23 010,MD 22 206,MN 21 550,TN 21 370,"
              + "IN 21 460,CO 20 800,MO 20 630,AZ 19 850,WI 19 530,OR 14 970,SC 14 290,LA 13 700,"
              + "KY 11 400,AL 13 350,OK 12 730,CT 12 060,IA 12 500,KS 10 660,UT 8 840,NV 8 889,"
              + "AR 9 716,MS 9 386,NE 7 680,NM 6 870,ID 6 832,WV 5 247,HI 5 967,NH 5 030,ME 5 039,"
              + "MT 5 590,RI 4 028,DE 4 197,SD 4 570,ND 3 580,AK 4 995,VT 4 050,WY 3 820,DC 7 200,"
              + "PR 2 006")
          .split(",");

  private static final String[] ABROAD = {
    "PARIS FRANCE", "LONDON UNITED KINGDOM", "TORONTO CANADA", "JERUSALEM ISRAEL", "TOKYO JAPAN"
  };
  private static final int TOTAL = total();
  private static final int CITIES = 240;
  private static final int ABROAD_ONE_IN = 350;

  static Place of(SplittableRandom random) {
    if (random.nextInt(ABROAD_ONE_IN) == 0) {
      return new Place(ABROAD[random.nextInt(ABROAD.length)], "", "00000-0000");
    }
    int left = random.nextInt(TOTAL);
    int state = 0;
    while (left >= share(state)) {
      left -= share(state++);
    }
    // Few cities have many charities: the square of a uniform number leans to the small ones.
    double lean = random.nextDouble();
    int city = (int) (CITIES * lean * lean * lean);
    String name = Names.city(state * CITIES + city);
    int prefix = Integer.parseInt(STATES[state].substring(STATES[state].length() - 3));
    int zip = (prefix + city % 8) * 100 + city % 97;
    return new Place(
        name,
        STATES[state].substring(0, 2),
        "%05d-%04d".formatted(zip, random.nextInt(10) == 0 ? 0 : random.nextInt(10_000)));
  }

  private static int share(int state) {
    return Integer.parseInt(STATES[state].split(" ")[1]);
  }

  private static int total() {
    int sum = 0;
    for (int state = 0; state < STATES.length; state++) {
      sum += share(state);
    }
    return sum;
  }
}
