package app.heyblue.users.activity;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.UUID;

/** An encounter that was paid. */
public record Meeting(UUID transactionId, UserId civilian, UserId officer, Instant at) {}
