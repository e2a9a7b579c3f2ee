package app.heyblue.users.profiles;

import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.PersonalCipher;
import app.heyblue.users.Profile;
import app.heyblue.users.Users;
import app.heyblue.users.postgres.ProfileTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads profiles and opens what is sealed in them. */
@ApplicationScoped
public class Directory implements Users {
  static final String NAME_FIELD = "displayName";

  private final Database database;
  private final ProfileTable profiles;
  private final PersonalCipher cipher;

  public Directory(Database database, ProfileTable profiles, PersonalCipher cipher) {
    this.database = database;
    this.profiles = profiles;
    this.cipher = cipher;
  }

  @Override
  public Optional<Profile> find(UserId party) {
    return database.read(tx -> profiles.find(tx, party)).map(this::opened);
  }

  /** The profiles of those parties that are known. */
  public Map<UserId, Profile> findAll(Collection<UserId> parties) {
    List<StoredProfile> found = database.read(tx -> profiles.findAll(tx, parties));
    return found.stream()
        .map(this::opened)
        .collect(Collectors.toMap(Profile::userId, Function.identity()));
  }

  /** The profile in clear; call outside transactions, since keys may have to be fetched. */
  public Profile opened(StoredProfile stored) {
    return new Profile(
        stored.userId(),
        stored.kind(),
        name(stored),
        stored.areaZip(),
        stored.timeZone(),
        stored.agency(),
        stored.ein(),
        stored.cause(),
        stored.locale(),
        stored.showName(),
        stored.showEncounterCount(),
        stored.joinedAt(),
        stored.version());
  }

  private @Nullable String name(StoredProfile stored) {
    return stored.displayNameSealed() == null
        ? stored.displayName()
        : cipher
            .open(
                stored.userId(), NAME_FIELD, Base64.getDecoder().decode(stored.displayNameSealed()))
            .orElse(null);
  }
}
