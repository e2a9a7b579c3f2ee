package app.heyblue.scoring;

import app.heyblue.kernel.UserId;

/**
 * A meeting that was proved.
 *
 * @param proof {@code qr} or {@code request}
 * @param verdict {@code consistent} or {@code unknown}: what the positions said, if there were any
 */
public record MeetingProof(UserId civilian, UserId officer, String proof, String verdict) {}
