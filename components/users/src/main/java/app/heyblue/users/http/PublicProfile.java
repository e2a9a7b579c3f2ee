package app.heyblue.users.http;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.users.Profile;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a party shows; what isn't shown is absent.
 *
 * @param area a ZIP code, or its first three digits
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PublicProfile(
    UserId userId,
    PartyKind kind,
    @Nullable String name,
    @Nullable String agency,
    @Nullable String ein,
    @Nullable String area,
    @Nullable String cause) {

  /** What anybody who is signed in may see; empty where that is nothing at all. */
  static Optional<PublicProfile> toAnybody(Profile profile) {
    return switch (profile.kind()) {
      case OFFICER ->
          Optional.of(
              new PublicProfile(
                  profile.userId(),
                  profile.kind(),
                  profile.nameIsPublic() ? profile.displayName() : null,
                  profile.agency(),
                  null,
                  null,
                  null));
      case CHARITY -> Optional.of(toItself(profile));
      case MERCHANT ->
          Optional.of(
              new PublicProfile(
                  profile.userId(),
                  profile.kind(),
                  profile.displayName(),
                  null,
                  null,
                  profile.areaZip(),
                  null));
      case CIVILIAN, FAMILY, ADMIN -> Optional.empty();
    };
  }

  /** What the party itself and admins see. */
  static PublicProfile toItself(Profile profile) {
    return new PublicProfile(
        profile.userId(),
        profile.kind(),
        profile.displayName(),
        profile.agency(),
        profile.ein(),
        profile.areaZip(),
        profile.cause());
  }
}
