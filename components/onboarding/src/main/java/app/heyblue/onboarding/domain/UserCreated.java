package app.heyblue.onboarding.domain;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The data of {@value #TYPE}: a party has joined.
 *
 * @param displayName of charities and merchants, whose names are public; a charity's is the
 *     catalog's, where it has the charity
 * @param displayNameSealed of natural persons; base64 of the ciphertext, field {@code displayName}
 * @param zipSealed of civilians; base64 of the ciphertext, field {@code zip}
 * @param areaZip for reports by area: an officer's agency's ZIP, a charity's by the catalog if it
 *     has the charity, a merchant's own, the first three digits of a family's; null for civilians
 *     and admins
 * @param timeZone of an officer's agency
 * @param agency an officer's agency's name
 * @param ein of charities and merchants
 * @param cause a charity's NTEE code or what a family needs, where the catalog says it
 */
public record UserCreated(
    UserId userId,
    PartyKind kind,
    @Nullable String displayName,
    @Nullable String displayNameSealed,
    @Nullable String zipSealed,
    @Nullable String areaZip,
    @Nullable String timeZone,
    @Nullable String agency,
    @Nullable String ein,
    @Nullable String cause,
    Instant at) {
  public static final String TYPE = "app.heyblue.user.created.v1";
}
