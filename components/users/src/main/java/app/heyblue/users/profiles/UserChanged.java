package app.heyblue.users.profiles;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.UserId;
import org.jspecify.annotations.Nullable;

/**
 * The data of {@value #TYPE}: a party changed its profile. What is null stays as it was.
 *
 * @param version the profile's after the change
 * @param displayNameSealed base64 of the ciphertext, field {@code displayName}
 */
record UserChanged(
    UserId userId,
    long version,
    @Nullable String displayNameSealed,
    @Nullable Language locale,
    @Nullable Boolean showName,
    @Nullable Boolean showEncounterCount) {
  static final String TYPE = "app.heyblue.user.changed.v1";
}
