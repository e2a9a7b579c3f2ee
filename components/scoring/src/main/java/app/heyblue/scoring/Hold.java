package app.heyblue.scoring;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.UUID;

/**
 * Points promised to a merchant.
 *
 * @param points the price after the rules
 * @param until when it ends by itself
 */
public record Hold(
    UUID id, UserId holder, UserId merchant, long points, Instant until, HoldStatus status) {}
