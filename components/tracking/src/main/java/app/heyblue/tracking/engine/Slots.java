package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.UUID;

/**
 * Numbers people from 0, so that what is known of them can lie in arrays. A number is kept until
 * its person is removed and then given to another. Not for several threads at once.
 */
final class Slots {
  /** No such person. */
  static final int NONE = -1;

  private static final int SMALLEST_TABLE = 16;

  /** The two halves of the ids; of a free slot, the next free one plus one. */
  private long[] high = new long[0];

  private long[] low = new long[0];
  private final BitSet live = new BitSet();

  /** Slots plus one by the hash of their id, by linear probing; 0 where there is none. */
  private int[] table = new int[SMALLEST_TABLE];

  private int size;
  private int end;
  private int free;

  int find(UserId id) {
    UUID uuid = id.value();
    long most = uuid.getMostSignificantBits();
    long least = uuid.getLeastSignificantBits();
    for (int i = home(most, least); table[i] != 0; i = (i + 1) & (table.length - 1)) {
      int slot = table[i] - 1;
      if (high[slot] == most && low[slot] == least) {
        return slot;
      }
    }
    return NONE;
  }

  /** Numbers somebody who isn't there yet. */
  int add(UserId id) {
    int slot = take();
    high[slot] = id.value().getMostSignificantBits();
    low[slot] = id.value().getLeastSignificantBits();
    live.set(slot);
    size++;
    if (size * 4L > table.length * 3L) {
      rehash();
    } else {
      insert(slot);
    }
    return slot;
  }

  void remove(int slot) {
    int hole = home(high[slot], low[slot]);
    while (table[hole] != slot + 1) {
      hole = (hole + 1) & (table.length - 1);
    }
    close(hole);
    live.clear(slot);
    low[slot] = 0;
    high[slot] = free;
    free = slot + 1;
    size--;
  }

  UserId id(int slot) {
    return new UserId(new UUID(high[slot], low[slot]));
  }

  boolean isLive(int slot) {
    return live.get(slot);
  }

  /** All numbers given are below it. */
  int end() {
    return end;
  }

  private int take() {
    if (free != 0) {
      int slot = free - 1;
      free = (int) high[slot];
      return slot;
    }
    if (end == high.length) {
      int length = Growth.beyond(high.length, end);
      high = Arrays.copyOf(high, length);
      low = Arrays.copyOf(low, length);
    }
    return end++;
  }

  private void rehash() {
    table = new int[table.length * 2];
    for (int slot = live.nextSetBit(0); slot >= 0; slot = live.nextSetBit(slot + 1)) {
      insert(slot);
    }
  }

  private void insert(int slot) {
    int i = home(high[slot], low[slot]);
    while (table[i] != 0) {
      i = (i + 1) & (table.length - 1);
    }
    table[i] = slot + 1;
  }

  /** Moves up whom the hole would make unfindable. */
  private void close(int first) {
    int mask = table.length - 1;
    int hole = first;
    for (int i = (hole + 1) & mask; table[i] != 0; i = (i + 1) & mask) {
      int home = home(high[table[i] - 1], low[table[i] - 1]);
      if (((i - home) & mask) >= ((i - hole) & mask)) {
        table[hole] = table[i];
        hole = i;
      }
    }
    table[hole] = 0;
  }

  private int home(long most, long least) {
    return (int) Growth.mix(most * 31 + least) & (table.length - 1);
  }
}
