package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.sources.Source;
import java.nio.file.Path;

/** Where a refresh gets its file from. */
public sealed interface Origin {
  /** What to call it in lists, for people. */
  String name();

  /**
   * A file of this machine.
   *
   * @param spooled whether it lies in the {@link Spool} and goes with the refresh
   */
  record OfFile(Path path, String name, boolean spooled) implements Origin {}

  /**
   * A configured source.
   *
   * @param scheduled not asked for by a person: what a person has uploaded or undone since the
   *     source was read last stays, until the source has something new
   */
  record OfSource(Source source, boolean scheduled) implements Origin {
    @Override
    public String name() {
      return source.name();
    }
  }
}
