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
  private static final int BATCH = 200;
  private final Database database;
  private final MasterKey master;

  public Rewrapping(Database database, MasterKey master) {
    this.database = database;
    this.master = master;
  }

  /** Goes once through everything; answers whether it all is under the key in use now. */
  public boolean pass() {
    Optional<UUID> after = Optional.empty();
    do {
      after = step(after.orElse(null));
    } while (after.isPresent());
    return isComplete();
  }

  /** Whether the key in use wraps everything. */
  public boolean isComplete() {
    return database.read(Rewrapping::isComplete);
  }

  static boolean isComplete(Handle tx) {
    return Wrappings.masters(tx).equals(Wrappings.inUse(tx).map(List::of).orElse(List.of()));
  }

  /** One batch after a person's; answers whose was the last, or empty at the end. */
  Optional<UUID> step(@Nullable UUID after) {
    return database.inTransaction(
        tx -> {
          Optional<String> current = Wrappings.inUse(tx);
          List<String> old =
              Wrappings.masters(tx).stream()
                  .filter(id -> !current.equals(Optional.of(id)))
                  .toList();
          if (old.isEmpty()) {
            return Optional.empty();
          }
          if (after == null) {
            rewrapHouse(tx, old);
          }
          return rewrapPersons(tx, old, after);
        });
  }

  private void rewrapHouse(Handle tx, List<String> old) {
    for (Wrappings.HouseRow row : Wrappings.houseKeys(tx)) {
      if (old.contains(row.wrapped().by())) {
        fresh(tx, row.context(), row.wrapped())
            .ifPresent(fresh -> Wrappings.rewrap(tx, row, fresh));
      }
    }
  }

  private Optional<UUID> rewrapPersons(Handle tx, List<String> old, @Nullable UUID after) {
    List<Wrappings.PersonRow> rows = Wrappings.lockPersonKeys(tx, old, after, BATCH);
    for (Wrappings.PersonRow row : rows) {
      fresh(tx, row.context(), row.wrapped()).ifPresent(fresh -> Wrappings.rewrap(tx, row, fresh));
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(rows.getLast().person()).map(UserId::value);
  }

  /** Empty for a key that doesn't open: it mustn't keep the others waiting. */
  private Optional<Wrapped> fresh(Handle tx, String context, Wrapped wrapped) {
    try {
      return Optional.of(master.wrap(tx, context, master.unwrap(context, wrapped)));
    } catch (IllegalStateException e) {
      LOG.errorf("A key can't be rewrapped: %s", e.getMessage());
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
