package app.heyblue.tracking.engine;

/** How arrays grow: by an eighth, so that little lies idle where there are millions of devices. */
final class Growth {
  private Growth() {}

  /** The length to grow to, above the index that must fit. */
  static int beyond(int length, int index) {
    return Math.max(index + 1, length + (length >> 3) + 16);
  }

  /** Spreads keys over hash tables (the finalizer of SplitMix64). */
  static long mix(long key) {
    long z = (key ^ (key >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
