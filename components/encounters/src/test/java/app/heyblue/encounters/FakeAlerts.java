package app.heyblue.encounters;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Remembers who was told what. */
public final class FakeAlerts implements Alerts {
  private record Told(UserId party, Alert alert) {}

  private final Queue<Told> told = new ConcurrentLinkedQueue<>();
  private volatile boolean failing;

  /** From now on nobody can be told anything, against the contract. */
  public void fail() {
    failing = true;
  }

  /** What a party was told, in order. */
  public List<Alert> to(UserId party) {
    return told.stream().filter(one -> one.party().equals(party)).map(Told::alert).toList();
  }

  @Override
  public void tell(UserId party, Alert alert) {
    if (failing) {
      throw new IllegalStateException("no socket");
    }
    told.add(new Told(party, alert));
  }

  @Override
  public boolean isListening(UserId party) {
    return true;
  }
}
