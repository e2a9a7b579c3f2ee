package app.heyblue.users;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A party, with what is personal in clear: not for everybody's eyes.
 *
 * @param displayName null where the person was forgotten
 * @param areaZip an officer's agency's ZIP, a charity's or merchant's own, three digits of a
 *     family's; null for others
 * @param timeZone IANA zone of an officer's agency
 * @param agency an officer's agency
 * @param ein of charities and merchants
 * @param cause of charities (NTEE code) and families
 * @param showName whether an officer lets others see the name
 * @param showEncounterCount whether an officer lets others see how many encounters there were
 * @param version counts from 1
 */
public record Profile(
    UserId userId,
    PartyKind kind,
    @Nullable String displayName,
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

  /** Whether somebody else may see the name. */
  public boolean nameIsPublic() {
    return switch (kind) {
      case CHARITY, MERCHANT -> true;
      case OFFICER -> showName;
      case CIVILIAN, FAMILY, ADMIN -> false;
    };
  }

  /** Personal text doesn't belong in a log. */
  @Override
  public String toString() {
    return "Profile[" + userId + ", " + kind + "]";
  }
}
