package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Balance;

/**
 * A party's account.
 *
 * @param active false once the party has left
 * @param points everything, held or not
 * @param entries how many it has
 */
public record Account(Party party, boolean active, long points, long held, long entries) {

  public UserId userId() {
    return party.userId();
  }

  public long available() {
    return points - held;
  }

  public Balance balance() {
    return new Balance(userId(), points, held, available());
  }

  /** The account after one more entry. */
  public Account moved(long by) {
    return new Account(party, active, Math.addExact(points, by), held, entries + 1);
  }
}
