package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.bmf.BmfFile;
import app.heyblue.catalogs.bmf.BmfRow;
import app.heyblue.catalogs.bmf.RowFingerprint;
import app.heyblue.catalogs.bmf.UnusableFile;
import app.heyblue.catalogs.postgres.Difference;
import app.heyblue.catalogs.postgres.GenerationTable;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.StagingTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/** One refresh from the first row to its end. */
final class RefreshJob {
  /** Rows a transaction; small enough that progress shows, large enough that commits don't. */
  private static final int BATCH = 5000;

  private final RefreshTable refreshes = new RefreshTable();
  private final StagingTable staging = new StagingTable();
  private final GenerationTable generations = new GenerationTable();
  private final RefreshTable.Running refresh;
  private final RefreshEnds ends;
  private final BooleanSupplier stopping;

  RefreshJob(RefreshTable.Running refresh, RefreshEnds ends, BooleanSupplier stopping) {
    this.refresh = refresh;
    this.ends = ends;
    this.stopping = stopping;
  }

  /** Applies the file, or refuses it with the reason. */
  void run(Handle connection, Path file, RowFingerprint fingerprint) {
    try {
      BmfFile.Read read = stage(connection, file, fingerprint);
      long duplicates = connection.inTransaction(staging::removeDuplicates);
      connection.useTransaction(
          tx -> refreshes.progress(tx, refresh.id(), read.rows(), read.bad() + duplicates));
      refuseFor(Plausibility.faultOfRows(read, duplicates));
      staging.analyze(connection);
      long base = generations.visible(connection);
      Difference difference =
          generations.compare(
              connection, base, read.lastEin() == null ? null : read.lastEin().value());
      refuseFor(Plausibility.faultOfDifference(read, difference));
      for (int slice = 0; slice < GenerationTable.SLICES; slice++) {
        requireGoingOn();
        int number = slice;
        connection.useTransaction(
            tx -> generations.write(tx, base, refresh.generation(), number, difference.covered()));
      }
      generations.analyze(connection);
      ends.apply(
          connection,
          refresh,
          new RefreshTable.Counts(difference.added(), difference.changed(), difference.removed()));
    } catch (UnusableFile unusable) {
      ends.refuse(connection, refresh, unusable.reason());
    } catch (IOException e) {
      ends.refuse(
          connection, refresh, "The file can't be read from its place. Nothing was changed.");
    }
  }

  private BmfFile.Read stage(Handle connection, Path file, RowFingerprint fingerprint)
      throws IOException, UnusableFile {
    connection.useTransaction(staging::clear);
    Stage stage = new Stage(connection);
    try (InputStream in = Files.newInputStream(file)) {
      BmfFile.Read read = BmfFile.read(in, fingerprint, stage);
      stage.flush();
      return read;
    } catch (UnusableFile unusable) {
      stage.flush();
      throw unusable;
    }
  }

  /** Sends rows in batches, each in a transaction of its own together with the progress. */
  private final class Stage implements BmfFile.Sink {
    private final Handle connection;
    private StagingTable.Batch batch = new StagingTable.Batch();
    private long rows;
    private long bad;

    Stage(Handle connection) {
      this.connection = connection;
    }

    @Override
    public void accept(long line, BmfRow row) throws UnusableFile {
      rows++;
      bad += row instanceof BmfRow.Bad ? 1 : 0;
      batch.add(line, row);
      if (batch.rows() == BATCH) {
        requireGoingOn();
        flush();
      }
    }

    void flush() {
      StagingTable.Batch full = batch;
      batch = new StagingTable.Batch();
      connection.useTransaction(
          tx -> {
            staging.copy(tx, full);
            refreshes.progress(tx, refresh.id(), rows, bad);
          });
    }
  }

  private void requireGoingOn() throws UnusableFile {
    if (stopping.getAsBoolean()) {
      throw new UnusableFile(RefreshEnds.INTERRUPTED);
    }
  }

  private static void refuseFor(Optional<String> fault) throws UnusableFile {
    if (fault.isPresent()) {
      throw new UnusableFile(fault.get());
    }
  }
}
