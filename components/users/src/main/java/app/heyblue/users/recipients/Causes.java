package app.heyblue.users.recipients;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The 26 major groups of the National Taxonomy of Exempt Entities, in English and Spanish, so that
 * a charity with the code {@code K31} is found by "food" and by "comida" (IRS, NTEE codes of the
 * Exempt Organizations Business Master File).
 */
final class Causes {
  private static final Map<Character, String> GROUPS =
      Map.ofEntries(
          Map.entry('A', "arts culture humanities arte cultura humanidades"),
          Map.entry('B', "education schools educación escuelas"),
          Map.entry('C', "environment nature medio ambiente naturaleza"),
          Map.entry('D', "animals wildlife animales"),
          Map.entry('E', "health hospitals salud hospitales"),
          Map.entry('F', "mental health crisis addiction salud mental adicción"),
          Map.entry('G', "diseases medical enfermedades médica"),
          Map.entry('H', "medical research investigación médica"),
          Map.entry('I', "crime legal justice delito legal justicia"),
          Map.entry('J', "employment jobs empleo trabajo"),
          Map.entry('K', "food agriculture nutrition comida alimentos agricultura nutrición"),
          Map.entry('L', "housing shelter homeless vivienda refugio"),
          Map.entry('M', "safety disaster relief seguridad desastres auxilio"),
          Map.entry('N', "recreation sports recreación deportes"),
          Map.entry('O', "youth children juventud jóvenes niños"),
          Map.entry('P', "human services families servicios familias"),
          Map.entry('Q', "international foreign internacional"),
          Map.entry('R', "civil rights advocacy derechos civiles"),
          Map.entry('S', "community improvement comunidad"),
          Map.entry('T', "philanthropy volunteers filantropía voluntariado"),
          Map.entry('U', "science technology ciencia tecnología"),
          Map.entry('V', "social science ciencias sociales"),
          Map.entry('W', "public benefit veterans beneficio público veteranos"),
          Map.entry('X', "religion church religión iglesia"),
          Map.entry('Y', "mutual membership mutual membresía"));

  private Causes() {}

  /** The words of a code's group; none where it has no group. */
  static Set<String> words(@Nullable String code) {
    return code == null || code.isEmpty() ? Set.of() : Words.of(GROUPS.get(code.charAt(0)));
  }
}
