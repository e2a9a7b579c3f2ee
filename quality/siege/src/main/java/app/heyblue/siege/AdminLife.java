package app.heyblue.siege;

import app.heyblue.testing.town.Townspeople;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Reverses transactions of lately, a few of them twice. */
record AdminLife(Actor admin, Wishes wishes, Journal journal) implements Runnable {
  private static final long PAUSE_NANOS = 20_000_000;

  @Override
  public void run() {
    String transaction = journal.anyTransaction(wishes.random());
    if (!transaction.isEmpty()) {
      wishes.settle(
          Deed.Kind.REVERSAL,
          admin,
          Townspeople.PATH + "/transactions/" + transaction + "/reversal",
          Map.of());
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }
}
