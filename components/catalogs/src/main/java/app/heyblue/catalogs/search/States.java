package app.heyblue.catalogs.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of the states and territories by the two letters of the Postal Service. */
final class States {
  private static final Map<String, List<String>> WORDS = read();

  private States() {}

  /** The words of a state's name in lower case; none for two letters that aren't known. */
  static List<String> words(String code) {
    return WORDS.getOrDefault(code, List.of());
  }

  private static Map<String, List<String>> read() {
    String all =
        """
        AL alabama|AK alaska|AZ arizona|AR arkansas|CA california|CO colorado|CT connecticut
        DE delaware|DC district columbia|FL florida|GA georgia|HI hawaii|ID idaho|IL illinois
        IN indiana|IA iowa|KS kansas|KY kentucky|LA louisiana|ME maine|MD maryland
        MA massachusetts|MI michigan|MN minnesota|MS mississippi|MO missouri|MT montana
        NE nebraska|NV nevada|NH new hampshire|NJ new jersey|NM new mexico|NY new york
        NC north carolina|ND north dakota|OH ohio|OK oklahoma|OR oregon|PA pennsylvania
        RI rhode island|SC south carolina|SD south dakota|TN tennessee|TX texas|UT utah
        VT vermont|VA virginia|WA washington|WV west virginia|WI wisconsin|WY wyoming
        AS american samoa|GU guam|MP northern mariana islands|PR puerto rico|VI virgin islands
        """;
    Map<String, List<String>> states = new HashMap<>();
    for (String state : all.strip().split("[|\\n]")) {
      states.put(state.substring(0, 2), List.of(state.substring(3).split(" ")));
    }
    return Map.copyOf(states);
  }
}
