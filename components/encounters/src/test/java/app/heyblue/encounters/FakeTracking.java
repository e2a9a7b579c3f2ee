package app.heyblue.encounters;

import app.heyblue.kernel.UserId;
import app.heyblue.tracking.Closeness;
import app.heyblue.tracking.Tracking;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Knows whom references name and what a test says of positions, and remembers what was asked. */
public final class FakeTracking implements Tracking {
  private final Map<String, UserId> near = new ConcurrentHashMap<>();
  private final Queue<List<UserId>> asked = new ConcurrentLinkedQueue<>();
  private volatile Closeness closeness = Closeness.UNKNOWN;

  /** From now on the officer is near everybody. */
  public String refOf(UserId officer) {
    String ref = "ref-" + officer;
    near.put(ref, officer);
    return ref;
  }

  public void gone(UserId officer) {
    near.remove("ref-" + officer);
  }

  public void positionsSay(Closeness answer) {
    closeness = answer;
  }

  /** The pairs whose closeness was asked for, in order. */
  public Queue<List<UserId>> asked() {
    return asked;
  }

  @Override
  public Optional<UserId> officer(UserId civilian, String officerRef) {
    return Optional.ofNullable(near.get(officerRef));
  }

  @Override
  public Closeness closeness(UserId civilian, UserId officer) {
    asked.add(List.of(civilian, officer));
    return closeness;
  }
}
