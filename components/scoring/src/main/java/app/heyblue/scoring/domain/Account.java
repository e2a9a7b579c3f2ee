package app.heyblue.scoring.domain;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Balance;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A party's account.
 *
 * @param active false once the party has left
 * @param timeZone of an officer's agency, IANA; null for others
 * @param areaZip five digits, three for a family; null for civilians and admins
 * @param points everything, held or not
 */
public record Account(
    UserId userId,
    PartyKind kind,
    boolean active,
    @Nullable String timeZone,
    @Nullable String areaZip,
    long points,
    long held) {

  public long available() {
    return points - held;
  }

  public Balance balance() {
    return new Balance(userId, points, held, available());
  }

  /** The zone whose calendar days count: the officer's, UTC for everybody else. */
  public ZoneId zone() {
    return timeZone == null ? ZoneOffset.UTC : ZoneId.of(timeZone);
  }
}
