package app.heyblue.users.activity;

import app.heyblue.kernel.UserId;
import java.time.Instant;

/**
 * An officer whom a civilian has met.
 *
 * @param encounters how many times
 * @param lastAt when last
 */
public record Met(UserId officer, long encounters, Instant lastAt) {}
