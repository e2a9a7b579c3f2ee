package app.heyblue.testing.bmf;

import java.util.SplittableRandom;

/**
 * Names out of a vocabulary of its own: common words by Zipf's law, and about a quarter of a
 * million proper names made of syllables, as many different words as the real names have.
 */
final class Names {
  private static final String[] COMMON =
      ("FOUNDATION ASSOCIATION CHURCH COMMUNITY SOCIETY CENTER FUND CLUB SCHOOL MINISTRIES FRIENDS"
              + " AMERICAN NATIONAL INTERNATIONAL YOUTH COUNCIL TRUST BAPTIST EDUCATION ALLIANCE"
              + " FAMILY HEALTH CHARITABLE HISTORICAL SERVICES ARTS HOPE LIFE LIBRARY VALLEY"
              + " COUNTY PROJECT UNITED LEAGUE DEVELOPMENT WOMEN CHILDREN MEMORIAL NETWORK HOUSE"
              + " MINISTRY CHRISTIAN FELLOWSHIP GLOBAL VETERANS PUBLIC RESEARCH COALITION ACADEMY"
              + " BOOSTER ATHLETIC SCHOLARSHIP FIRE VOLUNTEER RESCUE CEMETERY HERITAGE MUSEUM"
              + " THEATRE DANCE MUSIC CHORUS GARDEN ANIMAL SHELTER HUMANE WILDLIFE RIVER LAKE"
              + " MOUNTAIN CONSERVATION LAND WATER FOOD BANK PANTRY KITCHEN HOUSING HOMES HEALING"
              + " GRACE FAITH MISSION OUTREACH TEMPLE TABERNACLE METHODIST LUTHERAN PRESBYTERIAN"
              + " CATHOLIC ORTHODOX BUDDHIST ISLAMIC JEWISH COMMUNITIES NEIGHBORHOOD PARENTS"
              + " TEACHERS STUDENTS ALUMNI ENGINEERS NURSES FIREFIGHTERS POLICE OFFICERS LEGION"
              + " AUXILIARY POST LODGE CHAPTER ORDER KNIGHTS DAUGHTERS SONS PIONEERS SENIOR"
              + " CITIZENS DISABILITY AUTISM CANCER HEART DIABETES RECOVERY COUNSELING CRISIS"
              + " PREGNANCY ADOPTION MENTORING LITERACY SCIENCE TECHNOLOGY ROBOTICS BASEBALL"
              + " SOCCER SOFTBALL SWIM HOCKEY TENNIS GOLF RUNNING SAILING EQUESTRIAN HORSE CAT DOG"
              + " BIRD TRAIL PARK BEACH HARBOR ISLAND FOREST PRAIRIE DESERT SUNRISE SUNSET"
              + " MORNING STAR LIGHT BRIDGE PATHWAYS HORIZONS HARVEST GOOD NEW FIRST SAINT HOLY"
              + " TRINITY LIVING WORD BREAD WORLD PEACE JUSTICE RIGHTS FREEDOM LIBERTY HONOR")
          .split(" ");

  private static final String[] SHARED =
      ("AMERICAN LEGION,KNIGHTS OF COLUMBUS,ROTARY INTERNATIONAL,LIONS CLUBS,PARENT TEACHER"
              + " ASSOCIATION,FREE & ACCEPTED MASONS,VETERANS OF FOREIGN WARS,LITTLE LEAGUE"
              + " BASEBALL INC,PHI BETA KAPPA SOCIETY,CHURCH OF THE NAZARENE,TRINITY LUTHERAN"
              + " CHURCH,FIRST BAPTIST CHURCH,GOOD SHEPHERD MINISTRIES,NEW HOPE COMMUNITY CHURCH,"
              + "FRIENDS OF THE LIBRARY,HABITAT FOR GOOD HOMES INC,ORDER OF THE EASTERN LIGHT,"
              + "BENEVOLENT ORDER OF MOOSE,AMERICAN NURSES,NATIONAL GUARD ALUMNI")
          .split(",");

  private static final String[] ONSETS =
      "B BR C CH CL D DR F FL G GR H J K L M N P PH R S SH ST T TH TR V W WH Z".split(" ");
  private static final String[] VOWELS = "A AI E EA EE I IA O OA OO OU U Y".split(" ");
  private static final String[] CODAS = "N,R,L,S,ND,RT,LL,CK,M,T,X,NG,RD,TH,,,,".split(",", -1);
  private static final String[] ENDINGS = {
    "VILLE", "TON", "BURG", "FIELD", "PORT", " CITY", " FALLS", "WOOD", "DALE", " SPRINGS"
  };
  private static final String[] ENDS = {" INC", " INC", " INC", "", "", "", "", " LTD", " CORP"};
  private static final String[] GIVEN =
      "MARY JOHN LINDA JAMES MARIA ROBERT SUSAN DAVID KAREN JOSE AISHA WEI OLGA PRIYA".split(" ");
  private static final int PROPER = 1_200_000;
  private static final int SHARED_ONE_IN = 9;

  private Names() {}

  /** A charity's name. */
  static String of(SplittableRandom random, Place place) {
    if (random.nextInt(SHARED_ONE_IN) == 0) {
      return SHARED[(int) (SHARED.length * random.nextDouble() * random.nextDouble())];
    }
    StringBuilder name = new StringBuilder(64);
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> name.append(proper(random)).append(' ').append(common(random));
      case 3, 4 -> name.append(place.city()).append(' ').append(common(random));
      case 5 ->
          name.append("FRIENDS OF ").append(proper(random)).append(' ').append(common(random));
      case 6 -> name.append("THE ").append(proper(random)).append(" FAMILY");
      case 7 -> name.append(common(random)).append(" OF ").append(place.city());
      case 8 -> name.append(common(random)).append(" & ").append(common(random));
      case 9 -> name.append("ST ").append(proper(random)).append("S");
      case 10 -> name.append(common(random)).append(" FOR ").append(proper(random));
      default ->
          name.append(proper(random))
              .append(' ')
              .append(proper(random))
              .append(' ')
              .append(common(random));
    }
    name.append(' ').append(common(random));
    if (random.nextInt(3) == 0) {
      name.append(' ').append(common(random));
    }
    if (random.nextInt(400) == 0) {
      name.append(", ").append(1 + random.nextInt(900));
    }
    return name.append(ENDS[random.nextInt(ENDS.length)]).toString();
  }

  /** A made-up person, for the column ICO. */
  static String person(SplittableRandom random) {
    return GIVEN[random.nextInt(GIVEN.length)] + " " + proper(random);
  }

  /** One of a great many names, a few of them often. */
  static String proper(SplittableRandom random) {
    return spelt((int) Math.pow(PROPER, random.nextDouble()) - 1);
  }

  static String city(int number) {
    SplittableRandom random = new SplittableRandom(number / 3 + 77_000_000L);
    return spelt(random.nextInt(3000)) + ENDINGS[number % ENDINGS.length];
  }

  private static String common(SplittableRandom random) {
    return COMMON[(int) Math.pow(COMMON.length, random.nextDouble()) - 1];
  }

  private static String spelt(int number) {
    SplittableRandom random = new SplittableRandom(number);
    StringBuilder word = new StringBuilder(12);
    int syllables = 2 + random.nextInt(number < 2000 ? 1 : 2);
    for (int i = 0; i < syllables; i++) {
      word.append(ONSETS[random.nextInt(ONSETS.length)]);
      word.append(VOWELS[random.nextInt(VOWELS.length)]);
    }
    return word.append(CODAS[random.nextInt(CODAS.length)]).toString();
  }
}
