package app.heyblue.encounters.paying;

import app.heyblue.encounters.meeting.Encounter.Confirmed;
import java.util.UUID;

/**
 * A meeting that was paid, as the request that proved it is answered.
 *
 * @param replayed whether it had been paid before this request came
 */
public record Paid(UUID encounter, Confirmed confirmed, boolean replayed) {}
