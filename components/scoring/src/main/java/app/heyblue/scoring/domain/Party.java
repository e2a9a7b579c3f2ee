package app.heyblue.scoring.domain;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Whose account it is; what a rule is asked about.
 *
 * @param timeZone of an officer's agency, IANA; null for others
 * @param areaZip five digits, three for a family; null for civilians and admins
 */
public record Party(
    UserId userId, PartyKind kind, @Nullable String timeZone, @Nullable String areaZip) {

  /** The zone whose calendar days count: the officer's, UTC for everybody else. */
  public ZoneId zone() {
    return timeZone == null ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }
}
