package app.heyblue.tracking.positions;

import app.heyblue.kernel.UserId;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who withdrew consent, at hand: each position is checked against it. */
@Singleton
public class Withdrawals {
  private final Set<UserId> people = ConcurrentHashMap.newKeySet();

  public boolean contains(UserId person) {
    return people.contains(person);
  }

  public void add(UserId person) {
    people.add(person);
  }

  public void remove(UserId person) {
    people.remove(person);
  }
}
