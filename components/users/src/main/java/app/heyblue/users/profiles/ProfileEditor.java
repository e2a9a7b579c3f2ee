package app.heyblue.users.profiles;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ETags;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.Streams;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.PersonalCipher;
import app.heyblue.users.Profile;
import app.heyblue.users.UsersProblems;
import app.heyblue.users.postgres.ProfileTable;
import app.heyblue.users.postgres.RevisionTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Changes a party's own profile by telling the users stream, from where the read model takes it in.
 * Of two changes that start from one version, one passes.
 */
@ApplicationScoped
public class ProfileEditor {
  // So that a caller who changed something reads it; the change is safe even when this is over.
  private static final Duration UNTIL_TAKEN_IN = Duration.ofSeconds(2);

  private final Database database;
  private final ProfileTable profiles;
  private final RevisionTable revisions;
  private final Directory directory;
  private final PersonalCipher cipher;
  private final EventLog log;
  private final Streams streams;
  private final Audit audit;

  public ProfileEditor(
      Database database,
      ProfileTable profiles,
      RevisionTable revisions,
      Directory directory,
      PersonalCipher cipher,
      EventLog log,
      Streams streams,
      Audit audit) {
    this.database = database;
    this.profiles = profiles;
    this.revisions = revisions;
    this.directory = directory;
    this.cipher = cipher;
    this.log = log;
    this.streams = streams;
    this.audit = audit;
  }

  /** What to change; null leaves it as it is. */
  public record Wish(
      @Nullable String displayName,
      @Nullable Language locale,
      @Nullable Boolean showName,
      @Nullable Boolean showEncounterCount) {
    boolean isEmpty() {
      return displayName == null
          && locale == null
          && showName == null
          && showEncounterCount == null;
    }
  }

  /**
   * Changes the profile.
   *
   * @param ifMatch the ETag of the version that the change starts from
   * @return the profile as it is afterwards
   * @throws ProblemException ({@code precondition-required}, {@code stale}, {@code
   *     name-is-verified}, {@code invalid-input} for what this kind of party doesn't have)
   */
  public Profile change(UserId party, @Nullable String ifMatch, Wish wish) {
    StoredProfile before = stored(party);
    requireFits(before.kind(), wish);
    if (wish.isEmpty()) {
      ETags.requireMatch(ifMatch, before.version());
      return directory.opened(before);
    }
    @Nullable String sealedName =
        wish.displayName() == null
            ? null
            : Base64.getEncoder()
                .encodeToString(
                    cipher.seal(party, Directory.NAME_FIELD, wish.displayName().strip()));
    Told told = database.inTransaction(tx -> tell(tx, party, ifMatch, wish, sealedName));
    // The answer tells the change even where the read model hasn't taken it in by then.
    boolean takenIn = streams.awaitTakenIn(ProfileConsumer.NAME, told.event(), UNTIL_TAKEN_IN);
    return directory.opened(takenIn ? stored(party) : before.with(told.change()));
  }

  private record Told(UUID event, UserChanged change) {}

  private Told tell(
      Handle tx, UserId party, @Nullable String ifMatch, Wish wish, @Nullable String sealedName) {
    long version = revisions.lock(tx, party);
    ETags.requireMatch(ifMatch, version);
    UserChanged change =
        new UserChanged(
            party,
            version + 1,
            sealedName,
            wish.locale(),
            wish.showName(),
            wish.showEncounterCount());
    revisions.set(tx, party, change.version());
    audit.record(
        tx,
        "profile.changed",
        party.toString(),
        Map.of("version", String.valueOf(change.version())));
    return new Told(
        log.append(tx, Stream.USERS, new NewEvent(UserChanged.TYPE, party.toString(), change)),
        change);
  }

  private StoredProfile stored(UserId party) {
    return database
        .read(tx -> profiles.find(tx, party))
        .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("There is no profile of yours."));
  }

  private static void requireFits(PartyKind kind, Wish wish) {
    if (wish.displayName() != null && !kind.isNaturalPerson()) {
      throw UsersProblems.NAME_IS_VERIFIED.raise(
          "The name was verified when you joined and can't be changed here.");
    }
    if (kind != PartyKind.OFFICER) {
      requireAbsent("/showName", wish.showName());
      requireAbsent("/showEncounterCount", wish.showEncounterCount());
    }
  }

  private static void requireAbsent(String pointer, @Nullable Boolean value) {
    if (value != null) {
      throw ProblemException.invalid(pointer, "Only officers have this setting.");
    }
  }
}
