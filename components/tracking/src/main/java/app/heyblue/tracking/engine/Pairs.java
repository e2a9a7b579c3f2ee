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

  private int[] civilian = new int[0];
  private int[] officer = new int[0];
  private byte[] state = new byte[0];
  private byte[] rings = new byte[0];
  private int[] alertsPerDay = new int[0];
  private int[] round = new int[0];
  private long[] since = new long[0];
  private long[] due = new long[0];

  /** Four for each pair: the civilian's next and former pair, the officer's next and former. */
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
    firstOfCivilian = push(firstOfCivilian, civilianSlot, pair, 0);
    firstOfOfficer = push(firstOfOfficer, officerSlot, pair, 2);
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
    unchain(firstOfCivilian, civilian[pair], pair, 0);
    unchain(firstOfOfficer, officer[pair], pair, 2);
    state[pair] = 0;
    civilian[pair] = free;
    free = pair;
    size--;
  }

  /** Begins a stay. */
  void enter(int pair, long now) {
    state[pair] = (byte) ((state[pair] | NEAR) & ~SPENT);
    since[pair] = now;
    due[pair] = Long.MAX_VALUE;
  }

  /** Ends a stay; what was told during this sharing stays known. */
  void leave(int pair) {
    if ((state[pair] & ALERTED) == 0) {
      remove(pair);
    } else {
      state[pair] &= ~NEAR;
    }
  }

  /** What is known of a stay, by the evaluation with this number. */
  void note(int pair, int ringsBetween, int mostAlerts, int evaluation) {
    rings[pair] = (byte) ringsBetween;
    alertsPerDay[pair] = mostAlerts;
    round[pair] = evaluation;
  }

  /** Sets when the dwell is over; tells whether that's another time than before. */
  boolean setDue(int pair, long time) {
    boolean changed = due[pair] != time;
    due[pair] = time;
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

  int round(int pair) {
    return round[pair];
  }

  long since(int pair) {
    return since[pair];
  }

  long due(int pair) {
    return due[pair];
  }

  int firstOfCivilian(int slot) {
    return slot < firstOfCivilian.length ? firstOfCivilian[slot] - 1 : NONE;
  }

  int nextOfCivilian(int pair) {
    return chain[4 * pair];
  }

  int firstOfOfficer(int slot) {
    return slot < firstOfOfficer.length ? firstOfOfficer[slot] - 1 : NONE;
  }

  int nextOfOfficer(int pair) {
    return chain[4 * pair + 2];
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
      round = Arrays.copyOf(round, length);
      since = Arrays.copyOf(since, length);
      due = Arrays.copyOf(due, length);
      chain = Arrays.copyOf(chain, 4 * length);
    }
    return end++;
  }

  private int[] push(int[] firsts, int slot, int pair, int offset) {
    int[] grown =
        slot < firsts.length ? firsts : Arrays.copyOf(firsts, Growth.beyond(firsts.length, slot));
    int first = grown[slot] - 1;
    chain[4 * pair + offset] = first;
    chain[4 * pair + offset + 1] = NONE;
    if (first != NONE) {
      chain[4 * first + offset + 1] = pair;
    }
    grown[slot] = pair + 1;
    return grown;
  }

  private void unchain(int[] firsts, int slot, int pair, int offset) {
    int next = chain[4 * pair + offset];
    int former = chain[4 * pair + offset + 1];
    if (former == NONE) {
      firsts[slot] = next + 1;
    } else {
      chain[4 * former + offset] = next;
    }
    if (next != NONE) {
      chain[4 * next + offset + 1] = former;
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
