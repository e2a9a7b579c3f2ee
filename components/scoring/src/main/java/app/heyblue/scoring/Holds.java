package app.heyblue.scoring;

import app.heyblue.kernel.IdempotencyKey;
import java.util.UUID;

/**
 * Points promised to a merchant: they stay with their holder, who can't spend them meanwhile, until
 * they are collected or released. A hold whose time is over can't be collected; it's released
 * within seconds. Each step is idempotent under its key, which must be the calling room's own and
 * not a person's.
 */
public interface Holds {
  /**
   * Holds the price that the active rules of kind {@code exchange} say.
   *
   * @throws RuleForbids where the rules or their limits say no
   * @throws InsufficientPoints where the holder hasn't as much available
   */
  Hold place(IdempotencyKey key, HoldRequest request);

  /**
   * Moves the held points to the merchant, as an {@code exchange}.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code hold-ended} 409) where it was released or
   *     its time is over, ({@code not-found}) where there is no such hold
   */
  Receipt collect(IdempotencyKey key, UUID holdId);

  /**
   * Gives the points back to their holder, and the limits that the hold had counted in.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code hold-ended} 409) where it was collected,
   *     ({@code not-found}) where there is no such hold
   */
  Hold release(IdempotencyKey key, UUID holdId);
}
