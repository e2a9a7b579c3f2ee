package app.heyblue.siege;

import app.heyblue.siege.Deed.State;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What all clients remember. */
final class Journal {
  private static final int RECENT = 2_000;
  private static final int TOLD = 20;

  private final Collection<Deed> deeds = new ConcurrentLinkedQueue<>();
  private final String[] reversible = new String[RECENT];
  private final AtomicLong transactions = new AtomicLong();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private volatile long struckAt = Long.MAX_VALUE;
  private volatile long recoveredAt = Long.MAX_VALUE;
  final AtomicLong acknowledged = new AtomicLong();
  final AtomicLong refused = new AtomicLong();
  final AtomicLong lost = new AtomicLong();
  final AtomicLong unavailable = new AtomicLong();

  /** A deed that is about to be asked for. */
  void begin(Deed deed) {
    deeds.add(deed);
  }

  /**
   * Remembers an acknowledgement.
   *
   * @param askedAt when the try began that it answers
   */
  void acknowledge(Deed deed, String id, long askedAt) {
    deed.become(new State.Acknowledged(id));
    acknowledged.incrementAndGet();
    if (askedAt > struckAt && recoveredAt == Long.MAX_VALUE) {
      recoveredAt = System.nanoTime();
    }
    switch (deed.kind()) {
      case SCAN, DONATION, GIVEAWAY, COLLECTION -> {
        synchronized (reversible) {
          reversible[(int) (transactions.getAndIncrement() % RECENT)] = id;
        }
      }
      case REVERSAL, HOLD, RELEASE -> {
        // Nothing that an admin could reverse.
      }
    }
  }

  /** From now on, the first deed that is asked for and done tells that all is well again. */
  void struck() {
    recoveredAt = Long.MAX_VALUE;
    struckAt = System.nanoTime();
  }

  /** How long after the stroke something was done again; empty while nothing was. */
  OptionalDouble secondsToRecover() {
    long recovered = recoveredAt;
    return recovered == Long.MAX_VALUE
        ? OptionalDouble.empty()
        : OptionalDouble.of((recovered - struckAt) / 1e9);
  }

  void refuse(Deed deed, String problem) {
    deed.become(new State.Refused(problem));
    refused.incrementAndGet();
  }

  void giveUp(Deed deed) {
    deed.become(new State.GivenUp());
  }

  /** Something that the server mustn't answer, whatever is done to it. */
  void complain(String what) {
    if (complaints.size() < TOLD) {
      complaints.add(what);
    }
  }

  List<String> complaints() {
    return complaints;
  }

  Collection<Deed> deeds() {
    return deeds;
  }

  /** A transaction of lately; empty where there is none yet. */
  String anyTransaction(Random random) {
    synchronized (reversible) {
      String id = reversible[(int) (random.nextInt(RECENT) % Math.max(1, transactions.get()))];
      return id == null ? "" : id;
    }
  }
}
