package app.heyblue.tracking.engine;

import java.util.Arrays;

/**
 * When each civilian was alerted, for a day. Of the milliseconds it keeps the lower half, which
 * says enough of the 24 days before. Not for several threads at once.
 */
final class Rations {
  static final int DAY_MILLIS = 86_400_000;

  /** Each civilian's latest alert plus one. */
  private int[] latest = new int[0];

  /** Of each alert, when it was, and the one before it plus one; of a free one, the next free. */
  private int[] times = new int[0];

  private int[] earlier = new int[0];
  private int end;
  private int free;

  /** Alerts that are less than a day old; forgets the others. */
  int today(int civilian, long now) {
    if (civilian >= latest.length) {
      return 0;
    }
    int count = 0;
    int last = 0;
    int alert = latest[civilian];
    while (alert != 0 && (int) now - times[alert - 1] < DAY_MILLIS) {
      count++;
      last = alert;
      alert = earlier[alert - 1];
    }
    if (last == 0) {
      latest[civilian] = 0;
    } else {
      earlier[last - 1] = 0;
    }
    release(alert);
    return count;
  }

  void add(int civilian, long now) {
    if (civilian >= latest.length) {
      latest = Arrays.copyOf(latest, Growth.beyond(latest.length, civilian));
    }
    int alert = take();
    times[alert - 1] = (int) now;
    earlier[alert - 1] = latest[civilian];
    latest[civilian] = alert;
  }

  /** Whether no alert is remembered. */
  boolean isEmpty(int civilian) {
    return civilian >= latest.length || latest[civilian] == 0;
  }

  private int take() {
    if (free != 0) {
      int alert = free;
      free = earlier[alert - 1];
      return alert;
    }
    if (end == times.length) {
      int length = Growth.beyond(end, end);
      times = Arrays.copyOf(times, length);
      earlier = Arrays.copyOf(earlier, length);
    }
    return ++end;
  }

  private void release(int first) {
    int alert = first;
    while (alert != 0) {
      int next = earlier[alert - 1];
      earlier[alert - 1] = free;
      free = alert;
      alert = next;
    }
  }
}
