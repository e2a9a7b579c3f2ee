package app.heyblue.catalogs.sources;

import app.heyblue.catalogs.bmf.UnusableFile;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What fetching needs of whoever asks for it. */
public interface Fetch {
  /** Waits; true where it's time to stop instead. */
  boolean pause(Duration time);

  /**
   * Hears how much of the file is here, twice a second at most.
   *
   * @param total null where the server doesn't tell
   * @throws UnusableFile to stop
   */
  void received(long bytes, @Nullable Long total) throws UnusableFile;
}
