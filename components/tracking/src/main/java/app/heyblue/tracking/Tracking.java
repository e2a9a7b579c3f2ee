package app.heyblue.tracking;

import app.heyblue.kernel.UserId;
import java.util.Optional;

/** Who is near whom, for encounters. Nothing that it answers is a place or a distance. */
public interface Tracking {
  /**
   * Whom a reference names that the civilian was given by the nearby list or an alert: it's of this
   * clock tick or the one before, the officer still shares, and the two are near by their cells.
   *
   * @return empty for anything else, whatever the reason
   */
  Optional<UserId> officer(UserId civilian, String officerRef);

  /**
   * What the latest positions of the two say about a meeting that both have agreed to, or proved.
   * Ask once a meeting, after the officer's consent: it's the one answer that the exact distance
   * goes into.
   */
  Closeness closeness(UserId civilian, UserId officer);
}
