package app.heyblue.users.activity;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.UUID;

/** A donation that was made. */
public record Donation(
    UUID transactionId, UserId giver, UserId recipient, long points, Instant at) {}
