package app.heyblue.catalogs.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What people call a cause, and the codes of the National Taxonomy of Exempt Entities that mean it,
 * in lower case. See IRS and NCCS, "NTEE-CC Codes"; a code stands for all that begin with it.
 */
final class Causes {
  private static final Map<String, List<String>> CODES = read();

  private Causes() {}

  /** The codes that a word means; none for most words. */
  static List<String> codes(String word) {
    return CODES.getOrDefault(word, List.of());
  }

  private static Map<String, List<String>> read() {
    String all =
        """
        a arts art culture cultural humanities
        a5 museum museums
        a6 theater theatre dance music orchestra opera symphony performing
        a80 a82 history historical
        b education educational school schools
        b4 b5 college university
        b7 library libraries
        b82 scholarship scholarships
        c environment environmental conservation ecology nature
        c41 c42 garden gardens gardening
        d animal animals pets
        d2 humane
        d3 wildlife
        d5 zoo aquarium
        e health medical healthcare
        e2 hospital hospitals
        f addiction recovery counseling
        f mental
        g disease diseases
        g3 h3 cancer
        h research
        i crime legal
        i8 legal justice
        j jobs employment labor unions
        k food agriculture farming hunger
        k31 foodbank
        l housing shelter
        l41 homeless homelessness shelters
        m disaster emergency safety
        m24 fire firefighters
        n recreation sports sport athletics
        n63 baseball softball
        n64 soccer
        o youth
        o4 scouts scouting
        p family families human
        p3 children child foster adoption
        p43 domestic violence
        p8 elderly seniors senior disabled
        q international foreign
        r rights civil
        s community neighborhood development
        t foundation philanthropy grants
        u science technology engineering
        v social
        w military veterans
        w3 veterans military
        x religion religious faith church worship
        x2 christian
        x3 jewish synagogue
        x4 islamic muslim mosque
        x5 buddhist
        x7 hindu
        y insurance cemetery fraternal
        y5 cemetery cemeteries
        """;
    Map<String, List<String>> codes = new HashMap<>();
    for (String line : all.strip().split("\\n")) {
      List<String> fields = List.of(line.strip().split(" "));
      List<String> ofLine =
          fields.stream().filter(field -> field.matches("[a-z][0-9]{0,2}")).toList();
      for (String word : fields.subList(ofLine.size(), fields.size())) {
        codes.merge(
            word,
            ofLine,
            (a, b) -> java.util.stream.Stream.concat(a.stream(), b.stream()).toList());
      }
    }
    return Map.copyOf(codes);
  }
}
