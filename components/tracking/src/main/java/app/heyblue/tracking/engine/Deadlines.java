package app.heyblue.tracking.engine;

import java.util.Arrays;

/**
 * What is due when: a binary heap of times and numbers. What was put in can't be taken back; who
 * takes it out sees whether it still matters. Not for several threads at once.
 */
final class Deadlines {
  private static final int SMALLEST = 1 << 10;

  private long[] times = new long[SMALLEST];
  private int[] numbers = new int[SMALLEST];
  private int size;

  void add(long time, int number) {
    if (size == times.length) {
      resize(Growth.beyond(size, size));
    }
    int i = size++;
    while (i > 0 && times[(i - 1) >> 1] > time) {
      move((i - 1) >> 1, i);
      i = (i - 1) >> 1;
    }
    times[i] = time;
    numbers[i] = number;
  }

  /** The earliest time, {@link Long#MAX_VALUE} where nothing is left. */
  long next() {
    return size == 0 ? Long.MAX_VALUE : times[0];
  }

  /** Takes out the number of the earliest time. */
  int poll() {
    int first = numbers[0];
    size--;
    long time = times[size];
    int number = numbers[size];
    int i = 0;
    for (int child = 1; child < size; child = 2 * i + 1) {
      if (child + 1 < size && times[child + 1] < times[child]) {
        child++;
      }
      if (times[child] >= time) {
        break;
      }
      move(child, i);
      i = child;
    }
    times[i] = time;
    numbers[i] = number;
    if (times.length > SMALLEST && size < times.length / 4) {
      resize(times.length / 2);
    }
    return first;
  }

  private void resize(int length) {
    times = Arrays.copyOf(times, length);
    numbers = Arrays.copyOf(numbers, length);
  }

  private void move(int from, int to) {
    times[to] = times[from];
    numbers[to] = numbers[from];
  }
}
