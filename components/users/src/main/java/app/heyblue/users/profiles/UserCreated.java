package app.heyblue.users.profiles;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What this room reads of {@value #TYPE}, by which onboarding tells of a new party. */
record UserCreated(
    UserId userId,
    PartyKind kind,
    @Nullable String displayName,
    @Nullable String displayNameSealed,
    @Nullable String areaZip,
    @Nullable String timeZone,
    @Nullable String agency,
    @Nullable String ein,
    @Nullable String cause,
    Instant at) {
  static final String TYPE = "app.heyblue.user.created.v1";

  /** The profile that everybody begins with: nothing shown, English. */
  StoredProfile profile() {
    return new StoredProfile(
        userId,
        kind,
        displayName,
        displayNameSealed,
        areaZip,
        timeZone,
        agency,
        ein,
        cause,
        Language.EN,
        false,
        false,
        at,
        1);
  }
}
