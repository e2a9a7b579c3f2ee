package app.heyblue.users.http;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.users.Profile;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The caller's own profile; what a party of the kind doesn't have is absent.
 *
 * @param area a ZIP code, or its first three digits
 * @param showName of officers: whether others see the name
 * @param showEncounterCount of officers: whether others see how many encounters there were
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Me(
    UserId userId,
    PartyKind kind,
    @Nullable String displayName,
    Language locale,
    @Nullable String agency,
    @Nullable String timeZone,
    @Nullable String area,
    @Nullable String ein,
    @Nullable String cause,
    @Nullable Boolean showName,
    @Nullable Boolean showEncounterCount,
    Instant joinedAt) {

  static Me of(Profile profile) {
    boolean officer = profile.kind() == PartyKind.OFFICER;
    return new Me(
        profile.userId(),
        profile.kind(),
        profile.displayName(),
        profile.locale(),
        profile.agency(),
        profile.timeZone(),
        profile.areaZip(),
        profile.ein(),
        profile.cause(),
        officer ? (Boolean) profile.showName() : null,
        officer ? (Boolean) profile.showEncounterCount() : null,
        profile.joinedAt());
  }
}
