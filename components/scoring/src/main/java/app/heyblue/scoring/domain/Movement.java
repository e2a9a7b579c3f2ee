package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;

/** What one account gains, or loses where it's negative. */
public record Movement(UserId account, long points) {}
