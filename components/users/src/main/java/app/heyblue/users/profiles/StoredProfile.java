package app.heyblue.users.profiles;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A profile as it's stored: a natural person's name is ciphertext.
 *
 * @param displayNameSealed base64 of the ciphertext, field {@code displayName}
 */
public record StoredProfile(
    UserId userId,
    PartyKind kind,
    @Nullable String displayName,
    @Nullable String displayNameSealed,
    @Nullable String areaZip,
    @Nullable String timeZone,
    @Nullable String agency,
    @Nullable String ein,
    @Nullable String cause,
    Language locale,
    boolean showName,
    boolean showEncounterCount,
    Instant joinedAt,
    long version) {

  /** The profile after a change, at the change's version. */
  StoredProfile with(UserChanged change) {
    return new StoredProfile(
        userId,
        kind,
        displayName,
        change.displayNameSealed() == null ? displayNameSealed : change.displayNameSealed(),
        areaZip,
        timeZone,
        agency,
        ein,
        cause,
        change.locale() == null ? locale : change.locale(),
        change.showName() == null ? showName : change.showName(),
        change.showEncounterCount() == null ? showEncounterCount : change.showEncounterCount(),
        joinedAt,
        change.version());
  }
}
