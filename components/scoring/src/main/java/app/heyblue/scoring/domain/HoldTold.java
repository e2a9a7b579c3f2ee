package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Balance;
import app.heyblue.scoring.Hold;
import java.time.Instant;
import java.util.UUID;

/**
 * The events {@code app.heyblue.hold.placed.v1}, {@code .collected.v1} and {@code .released.v1}.
 *
 * @param userId the holder
 * @param to the merchant
 * @param balance the holder's points afterwards, held or not
 * @param available what the holder can give afterwards
 */
public record HoldTold(
    UUID holdId, UserId userId, UserId to, long points, long balance, long available, Instant at) {
  public static final String PLACED = "app.heyblue.hold.placed.v1";
  public static final String COLLECTED = "app.heyblue.hold.collected.v1";
  public static final String RELEASED = "app.heyblue.hold.released.v1";

  public static HoldTold of(Hold hold, Balance balance, Instant at) {
    return new HoldTold(
        hold.id(),
        hold.holder(),
        hold.merchant(),
        hold.points(),
        balance.points(),
        balance.available(),
        at);
  }
}
