package app.heyblue.users.recipients;

import app.heyblue.users.profiles.StoredProfile;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a party is listed among recipients.
 *
 * @param sortKey its place: charities by name, others, who show none, as they joined
 * @param words what it is found by; nothing of a natural person's name
 */
public record Listing(String sortKey, Set<String> words) {
  /**
   * Counts the ways of making these; a profile that was listed in an earlier way is listed anew.
   */
  public static final int VERSION = 2;

  public static Listing of(StoredProfile profile) {
    return switch (profile.kind()) {
      case CHARITY -> {
        Set<String> name = Words.of(profile.displayName());
        yield new Listing(
            String.join(" ", name),
            union(
                name,
                ein(profile.ein()),
                Words.of(profile.areaZip()),
                Words.of(profile.cause()),
                Causes.words(profile.cause())));
      }
      case FAMILY -> new Listing("", union(Words.of(profile.cause()), Words.of(profile.areaZip())));
      case OFFICER ->
          new Listing("", union(Words.of(profile.agency()), Words.of(profile.areaZip())));
      case CIVILIAN, MERCHANT, ADMIN -> new Listing("", Set.of());
    };
  }

  /** As nine digits, and as the IRS writes it, 12-3456789. */
  private static Set<String> ein(@Nullable String ein) {
    return ein == null || ein.length() != 9
        ? Set.of()
        : union(Set.of(ein), Words.of(ein.substring(0, 2) + "-" + ein.substring(2)));
  }

  @SafeVarargs
  private static Set<String> union(Set<String>... sets) {
    Set<String> all = new LinkedHashSet<>();
    for (Set<String> set : sets) {
      all.addAll(set);
    }
    return all;
  }
}
