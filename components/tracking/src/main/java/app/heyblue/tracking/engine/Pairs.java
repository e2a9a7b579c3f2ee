package app.heyblue.tracking.engine;

import java.util.Arrays;

/**
 * Civilians and officers that are near each other, or that were alerted during this sharing. Pairs
 * are numbered from 0; a civilian's and an officer's are chained. Not for several threads at once.
 */
final class Pairs {
  static final int NONE = -1;

  private static final byte LIVE = 1;
  private static final byte NEAR = 2;
  private static final byte SPENT = 4;
  private static final byte ALERTED = 8;
  private static final byte SEEN = 16;

  private int[] civilian = new int[0];
  private int[] officer = new int[0];
  private byte[] state = new byte[0];
  private byte[] rings = new byte[0];
  private short[] alertsPerDay = new short[0];
  private int[] dwellSeconds = new int[0];

  /** The lower half of the milliseconds, which says enough of the 24 days before. */
  private int[] since = new int[0];

  /** Three for each pair: the civilian's next pair, the officer's next and former. */
  private int[] chain = new int[0];

  /** Each civilian's and each officer's first pair plus one. */
  private int[] firstOfCivilian = new int[0];

  private int[] firstOfOfficer = new int[0];

  /** Pairs plus one by the hash of both, by linear probing. */
  private int[] table = new int[16];

  private int size;
  private int end;
  private int free = NONE;

  int find(int civilianSlot, int officerSlot) {
    for (int i = home(civilianSlot, officerSlot); table[i] != 0; i = next(i)) {
      int pair = table[i] - 1;
      if (civilian[pair] == civilianSlot && officer[pair] == officerSlot) {
        return pair;
      }
    }
    return NONE;
  }

  /** A pair that isn't there yet; the two aren't near before {@link #enter}. */
  int add(int civilianSlot, int officerSlot) {
    int pair = take();
    civilian[pair] = civilianSlot;
    officer[pair] = officerSlot;
    state[pair] = LIVE;
    chain(pair);
    size++;
    if (size * 4L > table.length * 3L) {
      rehash();
    } else {
      insert(pair);
    }
    return pair;
  }

  void remove(int pair) {
    int hole = home(civilian[pair], officer[pair]);
    while (table[hole] != pair + 1) {
      hole = next(hole);
    }
    close(hole);
    unchainFromCivilian(pair);
    unchainFromOfficer(pair);
    state[pair] = 0;
    civilian[pair] = free;
    free = pair;
    size--;
  }

  /** Begins a stay. */
  void enter(int pair, long now) {
    state[pair] = (byte) ((state[pair] | NEAR) & ~SPENT);
    since[pair] = (int) now;
    dwellSeconds[pair] = -1;
  }

  /** Ends a stay; that it was told during this sharing stays known, but not how near it was. */
  void leave(int pair) {
    rings[pair] = 0;
    since[pair] = 0;
    if ((state[pair] & ALERTED) == 0) {
      remove(pair);
    } else {
      state[pair] &= ~NEAR;
    }
  }

  /** A stay goes on. */
  void see(int pair, int ringsBetween, int mostAlerts) {
    state[pair] |= SEEN;
    rings[pair] = (byte) ringsBetween;
    alertsPerDay[pair] = (short) Math.clamp(mostAlerts, 0, Short.MAX_VALUE);
  }

  /** Whether a stay was seen to go on since this was asked last. */
  boolean takeSeen(int pair) {
    boolean seen = (state[pair] & SEEN) != 0;
    state[pair] &= ~SEEN;
    return seen;
  }

  /** Sets how long to dwell; tells whether that's another time than before. */
  boolean setDwell(int pair, int seconds) {
    boolean changed = dwellSeconds[pair] != seconds;
    dwellSeconds[pair] = seconds;
    return changed;
  }

  /** This stay brings no alert any more. */
  void spend(int pair) {
    state[pair] |= SPENT;
  }

  /** This sharing brings no alert any more. */
  void alerted(int pair) {
    state[pair] |= ALERTED;
  }

  boolean isNear(int pair) {
    return (state[pair] & NEAR) != 0;
  }

  /** Whether an alert is still to come from this stay. */
  boolean isWaiting(int pair) {
    return (state[pair] & (NEAR | SPENT | ALERTED)) == NEAR;
  }

  int civilian(int pair) {
    return civilian[pair];
  }

  int officer(int pair) {
    return officer[pair];
  }

  int rings(int pair) {
    return rings[pair];
  }

  int alertsPerDay(int pair) {
    return alertsPerDay[pair];
  }

  /** When the dwell is over that was set last. */
  long due(int pair, long now) {
    return now - ((int) now - since[pair]) + 1000L * dwellSeconds[pair];
  }

  int firstOfCivilian(int slot) {
    return slot < firstOfCivilian.length ? firstOfCivilian[slot] - 1 : NONE;
  }

  int nextOfCivilian(int pair) {
    return chain[3 * pair];
  }

  int firstOfOfficer(int slot) {
    return slot < firstOfOfficer.length ? firstOfOfficer[slot] - 1 : NONE;
  }

  int nextOfOfficer(int pair) {
    return chain[3 * pair + 1];
  }

  private int take() {
    if (free != NONE) {
      int pair = free;
      free = civilian[pair];
      return pair;
    }
    if (end == civilian.length) {
      int length = Growth.beyond(end, end);
      civilian = Arrays.copyOf(civilian, length);
      officer = Arrays.copyOf(officer, length);
      state = Arrays.copyOf(state, length);
      rings = Arrays.copyOf(rings, length);
      alertsPerDay = Arrays.copyOf(alertsPerDay, length);
      dwellSeconds = Arrays.copyOf(dwellSeconds, length);
      since = Arrays.copyOf(since, length);
      chain = Arrays.copyOf(chain, 3 * length);
    }
    return end++;
  }

  private static int[] fitting(int[] firsts, int slot) {
    return slot < firsts.length
        ? firsts
        : Arrays.copyOf(firsts, Growth.beyond(firsts.length, slot));
  }

  private void chain(int pair) {
    firstOfCivilian = fitting(firstOfCivilian, civilian[pair]);
    chain[3 * pair] = firstOfCivilian[civilian[pair]] - 1;
    firstOfCivilian[civilian[pair]] = pair + 1;
    firstOfOfficer = fitting(firstOfOfficer, officer[pair]);
    int next = firstOfOfficer[officer[pair]] - 1;
    chain[3 * pair + 1] = next;
    chain[3 * pair + 2] = NONE;
    if (next != NONE) {
      chain[3 * next + 2] = pair;
    }
    firstOfOfficer[officer[pair]] = pair + 1;
  }

  /** A civilian is near few officers, so that the one before is soon found. */
  private void unchainFromCivilian(int pair) {
    int next = chain[3 * pair];
    int before = firstOfCivilian[civilian[pair]] - 1;
    if (before == pair) {
      firstOfCivilian[civilian[pair]] = next + 1;
      return;
    }
    while (chain[3 * before] != pair) {
      before = chain[3 * before];
    }
    chain[3 * before] = next;
  }

  private void unchainFromOfficer(int pair) {
    int next = chain[3 * pair + 1];
    int former = chain[3 * pair + 2];
    if (former == NONE) {
      firstOfOfficer[officer[pair]] = next + 1;
    } else {
      chain[3 * former + 1] = next;
    }
    if (next != NONE) {
      chain[3 * next + 2] = former;
    }
  }

  private void rehash() {
    table = new int[table.length * 2];
    for (int pair = 0; pair < end; pair++) {
      if (state[pair] != 0) {
        insert(pair);
      }
    }
  }

  private void insert(int pair) {
    int i = home(civilian[pair], officer[pair]);
    while (table[i] != 0) {
      i = next(i);
    }
    table[i] = pair + 1;
  }

  private void close(int first) {
    int mask = table.length - 1;
    int hole = first;
    for (int i = next(hole); table[i] != 0; i = next(i)) {
      int home = home(civilian[table[i] - 1], officer[table[i] - 1]);
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        table[hole] = table[i];
        hole = i;
      }
    }
    table[hole] = 0;
  }

  private int next(int i) {
    return (i + 1) & (table.length - 1);
  }

  private int home(int civilianSlot, int officerSlot) {
    return (int) Growth.mix((long) civilianSlot << 32 | officerSlot) & (table.length - 1);
  }
}
