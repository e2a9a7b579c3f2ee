package app.heyblue.scoring;

import app.heyblue.kernel.UserId;

/**
 * What a party has.
 *
 * @param points everything, held or not
 * @param held what is promised to a redemption
 * @param available what can be given
 */
public record Balance(UserId userId, long points, long held, long available) {}
