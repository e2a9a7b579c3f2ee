package app.heyblue.scoring;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A meeting that was proved.
 *
 * @param proof {@code qr} or {@code request}
 * @param verdict {@code consistent} or {@code unknown}: what the positions said, if there were any
 * @param at when they met, in microseconds; the rules and the limits go by it, even where the
 *     payment had to wait
 */
public record MeetingProof(
    UserId civilian, UserId officer, String proof, String verdict, Instant at) {
  public MeetingProof {
    at = at.truncatedTo(ChronoUnit.MICROS); // as a database keeps it
  }
}
