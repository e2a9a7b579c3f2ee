package app.heyblue.users.recipients;

import app.heyblue.users.profiles.StoredProfile;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * How a party is listed among recipients.
 *
 * @param sortKey its place: charities by name, others, who show none, as they joined
 * @param words what it is found by; nothing of a natural person's name
 */
public record Listing(String sortKey, Set<String> words) {

  public static Listing of(StoredProfile profile) {
    return switch (profile.kind()) {
      case CHARITY -> {
        Set<String> words = Words.of(profile.displayName());
        yield new Listing(String.join(" ", words), words);
      }
      case FAMILY -> new Listing("", union(Words.of(profile.cause()), Words.of(profile.areaZip())));
      case OFFICER ->
          new Listing("", union(Words.of(profile.agency()), Words.of(profile.areaZip())));
      case CIVILIAN, MERCHANT, ADMIN -> new Listing("", Set.of());
    };
  }

  private static Set<String> union(Set<String> some, Set<String> others) {
    Set<String> all = new LinkedHashSet<>(some);
    all.addAll(others);
    return all;
  }
}
