package app.heyblue.tracking.consent;

import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.tracking.positions.Positions;
import app.heyblue.tracking.positions.Withdrawals;
import app.heyblue.tracking.postgres.ConsentTable;
import app.heyblue.tracking.postgres.ConsentTable.Consent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Whether people let their positions be known. To send one is to consent, since the phone asked its
 * owner before; who withdraws is refused from then on, and what was kept is gone with the answer.
 */
@ApplicationScoped
public class Consents {
  private static final int LOCKS = 64;
  private final Database database;
  private final Withdrawals withdrawals;
  private final Positions positions;
  private final Audit audit;
  private final Clock clock;
  private final List<ReentrantLock> locks =
      Stream.generate(ReentrantLock::new).limit(LOCKS).toList();

  public Consents(
      Database database, Withdrawals withdrawals, Positions positions, Audit audit, Clock clock) {
    this.database = database;
    this.withdrawals = withdrawals;
    this.positions = positions;
    this.audit = audit;
    this.clock = clock;
  }

  void load(@Observes @Priority(500) StartupEvent started) {
    database.read(ConsentTable::withdrawn).forEach(withdrawals::add);
  }

  /** What a person said last; empty where nothing was said. */
  public Optional<Consent> find(UserId person) {
    return database.read(tx -> ConsentTable.find(tx, person));
  }

  /** Writes down what a person says now, and acts on it at once. */
  public Consent set(UserId person, boolean granted) {
    // One after the other, or what is at hand and what is written might differ.
    ReentrantLock lock = locks.get(Math.floorMod(person.hashCode(), locks.size()));
    lock.lock();
    try {
      return change(person, granted);
    } finally {
      lock.unlock();
    }
  }

  private Consent change(UserId person, boolean granted) {
    Consent consent = new Consent(granted, clock.instant());
    if (granted) {
      database.useTransaction(tx -> write(tx, person, consent));
      withdrawals.remove(person);
    } else {
      withdrawals.add(person);
      positions.forget(person, tx -> write(tx, person, consent));
    }
    return consent;
  }

  private void write(Handle tx, UserId person, Consent consent) {
    ConsentTable.put(tx, person, consent);
    audit.record(
        tx,
        consent.granted() ? "tracking-consent.granted" : "tracking-consent.withdrawn",
        person.toString(),
        Map.of());
  }
}
