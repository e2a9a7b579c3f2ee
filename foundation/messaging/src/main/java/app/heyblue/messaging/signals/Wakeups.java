package app.heyblue.messaging.signals;

import app.heyblue.messaging.Stream;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** Who wakes whom in this process, stream by stream. */
public final class Wakeups {
  private final Map<Stream, Signal> sequencers = new EnumMap<>(Stream.class);
  private final Map<Stream, Set<Signal>> readers = new EnumMap<>(Stream.class);

  public Wakeups() {
    for (Stream stream : Stream.values()) {
      sequencers.put(stream, new Signal());
      readers.put(stream, new CopyOnWriteArraySet<>());
    }
  }

  /** Raised when a writer of this process has committed an event. */
  @SuppressWarnings("NullAway") // every stream has one
  public Signal committed(Stream stream) {
    return sequencers.get(stream);
  }

  /**
   * Tells the readers of this process that the stream has grown, or that there is work for them.
   */
  public void grown(Stream stream) {
    readers(stream).forEach(Signal::raise);
  }

  /** A signal raised whenever the stream has grown; to {@link #unsubscribe} when done. */
  public Signal subscribe(Stream stream) {
    Signal signal = new Signal();
    readers(stream).add(signal);
    return signal;
  }

  public void unsubscribe(Stream stream, Signal signal) {
    readers(stream).remove(signal);
  }

  @SuppressWarnings("NullAway") // every stream has some
  private Set<Signal> readers(Stream stream) {
    return readers.get(stream);
  }
}
