package app.heyblue.simulator.wire;

/** What is to be done on a loop's thread at a time of its own. */
@FunctionalInterface
public interface Pulse {
  /**
   * Does what is due.
   *
   * @param nanos now, by {@link System#nanoTime}
   * @return when it's to be called again, by the same clock
   */
  long beat(long nanos);
}
