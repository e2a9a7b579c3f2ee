package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.bmf.UnusableFile;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.SourceTable;
import app.heyblue.catalogs.sources.Fetch;
import app.heyblue.catalogs.sources.HttpSource;
import app.heyblue.catalogs.sources.Source;
import app.heyblue.catalogs.sources.Validators;
import app.heyblue.kernel.IdGenerator;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Brings the file of a refresh to hand, unless its source has nothing new. */
@ApplicationScoped
public class Intake {
  private final HttpSource http;
  private final Spool spool;
  private final IdGenerator ids;
  private final RefreshTable refreshes = new RefreshTable();
  private final SourceTable sources = new SourceTable();

  public Intake(HttpSource http, Spool spool, IdGenerator ids) {
    this.http = http;
    this.spool = spool;
    this.ids = ids;
  }

  /** Whether and for how long to wait; a stop of the process cuts it short. */
  @FunctionalInterface
  interface Pause {
    /** True where the process stops. */
    boolean until(Duration over);
  }

  /** What came of it; closing it takes away what it has put into the spool. */
  final class Taken implements AutoCloseable {
    private final List<Path> spooled = new ArrayList<>();
    @Nullable Path file;
    @Nullable Inspection inspection;
    RefreshEnds.@Nullable Arrival arrival;
    @Nullable String unchanged;

    private Path fresh() {
      Path path = spool.fresh(ids.next());
      spooled.add(path);
      return path;
    }

    @Override
    public void close() {
      spooled.forEach(spool::remove);
    }
  }

  /**
   * Brings the file to hand.
   *
   * @throws UnusableFile where there is none, with the reason
   */
  Taken take(Handle connection, RefreshTable.Running refresh, Origin origin, Pause pause)
      throws UnusableFile {
    Taken taken = new Taken();
    boolean whole = false;
    try {
      switch (origin) {
        case Origin.OfFile(Path path, _, boolean spooled) -> {
          if (spooled) {
            taken.spooled.add(path);
          }
          look(taken, path, refresh);
        }
        case Origin.OfSource(Source source, boolean scheduled) ->
            ask(connection, taken, refresh, source, scheduled, pause);
      }
      whole = true;
      return taken;
    } catch (IOException e) {
      throw new UnusableFile("The file can't be read from its place. Nothing was changed.");
    } finally {
      if (!whole) {
        taken.close();
      }
    }
  }

  private void ask(
      Handle connection,
      Taken taken,
      RefreshTable.Running refresh,
      Source source,
      boolean scheduled,
      Pause pause)
      throws IOException, UnusableFile {
    Optional<SourceTable.Seen> known =
        sources
            .find(connection, source.catalog(), source.name(), source.fingerprint())
            .filter(seen -> scheduled || !sources.overruledSince(connection, seen.refresh()));
    Validators validators = Validators.NONE;
    URI address = source.uri().orElse(null);
    Path file;
    if (address == null) {
      file = source.path();
    } else {
      file = taken.fresh();
      Validators asked =
          known.map(seen -> new Validators(seen.etag(), seen.lastModified())).orElse(validators);
      switch (http.fetch(address, asked, file, new Reports(connection, refresh, pause))) {
        case HttpSource.Outcome.NotModified() -> {
          taken.unchanged = "Not modified: the source has nothing new. Nothing was changed.";
          return;
        }
        case HttpSource.Outcome.Fetched(Validators told) -> validators = told;
      }
    }
    Inspection inspection = look(taken, file, refresh);
    if (known.isPresent() && Arrays.equals(known.get().content(), inspection.content())) {
      // A server with a new name for the same content is asked by that name the next time.
      taken.arrival =
          new RefreshEnds.Arrival(
              source,
              new SourceTable.Seen(
                  validators.etag(),
                  validators.lastModified(),
                  inspection.content(),
                  known.get().refresh()));
      taken.unchanged =
          "Not modified: the source has the same file as last time. Nothing was changed.";
      return;
    }
    taken.arrival =
        new RefreshEnds.Arrival(
            source,
            new SourceTable.Seen(
                validators.etag(), validators.lastModified(), inspection.content(), refresh.id()));
  }

  private Inspection look(Taken taken, Path path, RefreshTable.Running refresh)
      throws IOException, UnusableFile {
    Path file = path;
    if (!Files.isRegularFile(file)) {
      throw new UnusableFile("The file can't be read from its place. Nothing was changed.");
    }
    if (Spool.isZipped(file)) {
      file = taken.fresh();
      spool.unzip(path, file);
    }
    Inspection inspection = Inspection.of(file, refresh.catalog());
    taken.file = file;
    taken.inspection = inspection;
    return inspection;
  }

  /** Tells the refresh's row how much is here. */
  private final class Reports implements Fetch {
    private final Handle connection;
    private final RefreshTable.Running refresh;
    private final Pause pause;

    Reports(Handle connection, RefreshTable.Running refresh, Pause pause) {
      this.connection = connection;
      this.refresh = refresh;
      this.pause = pause;
    }

    @Override
    public boolean pause(Duration time) {
      return pause.until(time);
    }

    @Override
    public void received(long bytes, @Nullable Long total) throws UnusableFile {
      if (pause.until(Duration.ZERO)) {
        throw new UnusableFile(RefreshEnds.INTERRUPTED);
      }
      connection.useTransaction(tx -> refreshes.fetched(tx, refresh.id(), bytes, total));
    }
  }
}
