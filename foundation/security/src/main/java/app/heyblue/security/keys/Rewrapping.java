package app.heyblue.security.keys;

import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Wraps all keys under the master key in use, in short transactions, while everything goes on. It
 * may break off anywhere and begin anew: what is done is done, and each row says what wraps it.
 */
@ApplicationScoped
public class Rewrapping {
  private static final Logger LOG = Logger.getLogger(Rewrapping.class);
  private static final int BATCH = 500;
  private final Database database;
  private final MasterKey master;
  private volatile long unreadable;

  public Rewrapping(Database database, MasterKey master) {
    this.database = database;
    this.master = master;
  }

  /** What a pass came upon. */
  private static final class Tally {
    long moved;
    long unreadable;
    String first = "";
  }

  /** Goes once through everything; answers whether it all is under the key in use now. */
  public boolean pass() {
    passOn();
    return isComplete();
  }

  /** {@link #pass}; answers whether another at once could get any further. */
  boolean passOn() {
    Tally tally = new Tally();
    database.useTransaction(tx -> rewrapHouse(tx, tally));
    String inUse = database.read(Wrappings::inUse).orElseThrow();
    for (String old : database.read(Wrappings::masters)) {
      if (!old.equals(inUse)) {
        Optional<UUID> after = Optional.empty();
        do {
          after = step(old, after.orElse(null), tally);
        } while (after.isPresent());
      }
    }
    if (tally.unreadable > 0 && tally.unreadable != unreadable) {
      LOG.errorf(
          "%d keys can't be opened and stay under an older master key; the first: %s",
          tally.unreadable, tally.first);
    }
    unreadable = tally.unreadable;
    return !isComplete() && (tally.moved > 0 || tally.unreadable == 0);
  }

  /** How many keys the last pass of this process couldn't open. */
  long unreadable() {
    return unreadable;
  }

  /** Whether the key in use wraps everything. */
  public boolean isComplete() {
    return database.read(Rewrapping::isComplete);
  }

  static boolean isComplete(Handle tx) {
    return Wrappings.masters(tx).equals(Wrappings.inUse(tx).map(List::of).orElse(List.of()));
  }

  /** One batch of a master key's after a person's; answers whose was the last, empty at the end. */
  Optional<UUID> step(String old, @Nullable UUID after) {
    return step(old, after, new Tally());
  }

  private Optional<UUID> step(String old, @Nullable UUID after, Tally tally) {
    return database.inTransaction(
        tx -> {
          String held = master.hold(tx);
          List<Wrappings.PersonRow> rows = Wrappings.lockPersonKeys(tx, old, after, BATCH);
          Wrappings.rewrap(
              tx,
              rows.stream()
                  .flatMap(
                      row ->
                          fresh(held, row.context(), row.wrapped(), tally)
                              .map(fresh -> new Wrappings.PersonRow(row.person(), fresh))
                              .stream())
                  .toList());
          return rows.isEmpty()
              ? Optional.empty()
              : Optional.of(rows.getLast().person()).map(UserId::value);
        });
  }

  private void rewrapHouse(Handle tx, Tally tally) {
    String held = master.hold(tx);
    for (Wrappings.HouseRow row : Wrappings.houseKeys(tx)) {
      if (!row.wrapped().by().equals(held)) {
        fresh(held, row.context(), row.wrapped(), tally)
            .ifPresent(fresh -> Wrappings.rewrap(tx, row, fresh));
      }
    }
  }

  /** Empty for a key that doesn't open: it mustn't keep the others waiting. */
  private Optional<Wrapped> fresh(String held, String context, Wrapped wrapped, Tally tally) {
    try {
      Wrapped fresh = master.wrap(held, context, master.unwrap(context, wrapped));
      tally.moved++;
      return Optional.of(fresh);
    } catch (IllegalStateException e) {
      if (tally.unreadable++ == 0) {
        tally.first = String.valueOf(e.getMessage());
      }
      return Optional.empty();
    }
  }

  /**
   * Opens every key that the key in use wraps.
   *
   * @throws IllegalStateException for the first that doesn't open
   */
  void verify() {
    String current = database.read(Wrappings::inUse).orElseThrow();
    database.useTransaction(
        tx -> Wrappings.houseKeys(tx).forEach(row -> master.unwrap(row.context(), row.wrapped())));
    Optional<UUID> after = Optional.empty();
    do {
      UUID from = after.orElse(null);
      List<Wrappings.PersonRow> rows =
          database.read(tx -> Wrappings.personKeys(tx, current, from, 5 * BATCH));
      rows.forEach(row -> master.unwrap(row.context(), row.wrapped()));
      after =
          rows.isEmpty()
              ? Optional.empty()
              : Optional.of(rows.getLast().person()).map(UserId::value);
    } while (after.isPresent());
  }
}
