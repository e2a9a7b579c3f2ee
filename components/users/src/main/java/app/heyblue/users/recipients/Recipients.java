package app.heyblue.users.recipients;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.postgres.Database;
import app.heyblue.security.Caller;
import app.heyblue.security.SealedReferences;
import app.heyblue.users.Profile;
import app.heyblue.users.postgres.ProfileTable;
import app.heyblue.users.profiles.Directory;
import app.heyblue.users.profiles.StoredProfile;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists those whom a caller may give to, without the ids of any. */
@ApplicationScoped
public class Recipients {
  private static final String REFERENCE = "recipient";
  // A page's end is a party's id too, so it's sealed like one.
  private static final String PLACE = "recipients-page";
  // The page's end of a list that forgives typos.
  private static final String PLACE_OF_SIMILAR = "recipients-page-similar";
  private static final int MOST_WORDS = 8;

  private final Database database;
  private final ProfileTable profiles;
  private final Directory directory;
  private final SealedReferences references;

  public Recipients(
      Database database, ProfileTable profiles, Directory directory, SealedReferences references) {
    this.database = database;
    this.profiles = profiles;
    this.directory = directory;
    this.references = references;
  }

  /**
   * One page of recipients.
   *
   * @param kind {@code charity}, {@code family}, or {@code officer} for officers only
   * @param query words that each begin some word of a charity's name, cause, ZIP or EIN, a family's
   *     cause or area, an officer's agency or area; where that finds nobody, they may each hold a
   *     typo; blank for all
   * @throws ProblemException ({@code invalid-input} for another kind or too many words, {@code
   *     forbidden} where the caller can't give to this kind)
   */
  public Page<Recipient> list(
      Caller caller, @Nullable String kind, @Nullable String query, PageRequest page) {
    RecipientKind wanted = RecipientKind.parse(kind);
    if (wanted == RecipientKind.OFFICER && caller.kind() != PartyKind.OFFICER) {
      throw CommonProblems.FORBIDDEN.raise("Only officers give to officers.");
    }
    Set<String> words = Words.of(query);
    if (words.size() > MOST_WORDS) {
      throw ProblemException.invalid("query", "At most " + MOST_WORDS + " words.");
    }
    Optional<Place> place = page.place().map(this::place);
    if (words.isEmpty() && query != null && !query.isBlank()) {
      return Page.of(List.of());
    }
    Place exact = place.orElse(new Place(PLACE, Optional.empty()));
    Page<Recipient> found = find(caller, wanted, words, exact, page);
    return found.items().isEmpty() && place.isEmpty() && !words.isEmpty()
        ? find(caller, wanted, words, new Place(PLACE_OF_SIMILAR, Optional.empty()), page)
        : found;
  }

  /** After whom a page begins, in which of the two lists that a query can have. */
  private record Place(String list, Optional<UUID> after) {}

  private Page<Recipient> find(
      Caller caller, RecipientKind wanted, Set<String> words, Place place, PageRequest page) {
    List<StoredProfile> rows =
        database.read(
            tx ->
                profiles.recipients(
                    tx,
                    wanted.party(),
                    caller.userId(),
                    words,
                    place.list().equals(PLACE_OF_SIMILAR),
                    place.after(),
                    page.limit() + 1));
    return Page.from(rows, page, row -> references.seal(place.list(), row.userId().value()))
        .map(row -> shown(wanted, row));
  }

  private Place place(String sealed) {
    for (String list : List.of(PLACE, PLACE_OF_SIMILAR)) {
      Optional<UUID> after = references.open(list, sealed);
      if (after.isPresent()) {
        return new Place(list, after);
      }
    }
    throw Cursor.malformed();
  }

  private Recipient shown(RecipientKind kind, StoredProfile row) {
    String reference = references.seal(REFERENCE, row.userId().value());
    return switch (kind) {
      case CHARITY ->
          new Recipient(reference, row.displayName(), row.ein(), null, row.areaZip(), row.cause());
      case FAMILY -> new Recipient(reference, null, null, null, row.areaZip(), row.cause());
      case OFFICER ->
          new Recipient(reference, publicName(row), null, row.agency(), row.areaZip(), null);
    };
  }

  private @Nullable String publicName(StoredProfile row) {
    if (!row.showName()) {
      return null;
    }
    Profile opened = directory.opened(row);
    return opened.displayName();
  }
}
