package app.heyblue.scoring;

import app.heyblue.kernel.UserId;
import java.time.Instant;

/**
 * What shall be held, and for whom.
 *
 * @param holder a civilian, a family or a charity
 * @param listPrice what one piece costs before the rules, in points
 * @param quantity how many pieces
 * @param until when the hold ends by itself
 */
public record HoldRequest(
    UserId holder, UserId merchant, long listPrice, long quantity, Instant until) {}
