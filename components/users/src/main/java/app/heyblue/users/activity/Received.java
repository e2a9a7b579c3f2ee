package app.heyblue.users.activity;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.UUID;

/** A donation that somebody received. */
public record Received(UUID transactionId, UserId giver, long points, Instant at) {}
