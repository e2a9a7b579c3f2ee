package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.bmf.BmfFile;
import app.heyblue.catalogs.bmf.BmfRow;
import app.heyblue.catalogs.bmf.RowFingerprint;
import app.heyblue.catalogs.bmf.UnusableFile;
import app.heyblue.catalogs.postgres.Difference;
import app.heyblue.catalogs.postgres.GenerationTable;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.StagingTable;
import app.heyblue.catalogs.search.CharityIndex;
import app.heyblue.catalogs.search.IndexPreparation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/** One refresh from the first row to its end. */
final class RefreshJob {
  /** Rows a transaction; small enough that progress shows, large enough that commits don't. */
  private static final int BATCH = 20_000;

  private final RefreshTable refreshes = new RefreshTable();
  private final StagingTable staging = new StagingTable();
  private final GenerationTable generations = new GenerationTable();
  private final RefreshTable.Running refresh;
  private final RefreshEnds ends;
  private final CharityIndex index;
  private final BooleanSupplier stopping;

  RefreshJob(
      RefreshTable.Running refresh,
      RefreshEnds ends,
      CharityIndex index,
      BooleanSupplier stopping) {
    this.refresh = refresh;
    this.index = index;
    this.ends = ends;
    this.stopping = stopping;
  }

  /** Applies the file, or refuses it with the reason. */
  void run(Handle connection, Path file, RowFingerprint fingerprint) {
    try {
      Staged staged = stage(connection, file, fingerprint);
      BmfFile.Read read = staged.read();
      connection.useTransaction(staging::index);
      long duplicates = staged.distinct() ? 0 : connection.inTransaction(staging::removeDuplicates);
      connection.useTransaction(
          tx -> refreshes.progress(tx, refresh.id(), read.rows(), read.bad() + duplicates));
      refuseFor(Plausibility.faultOfRows(read, duplicates));
      staging.analyze(connection);
      long base = generations.visible(connection);
      Difference difference =
          generations.compare(
              connection, base, read.lastEin() == null ? null : read.lastEin().value());
      refuseFor(Plausibility.faultOfDifference(read, difference));
      write(connection, base, difference);
    } catch (UnusableFile unusable) {
      ends.refuse(connection, refresh, unusable.reason());
    } catch (IOException e) {
      ends.refuse(
          connection, refresh, "The file can't be read from its place. Nothing was changed.");
    }
  }

  /** Writes, indexes meanwhile, and shows both. */
  private void write(Handle connection, long base, Difference difference) throws UnusableFile {
    try (IndexPreparation searchable = index.prepare(base, refresh.generation())) {
      for (int slice = 0; slice < GenerationTable.SLICES; slice++) {
        requireGoingOn();
        int number = slice;
        connection.useTransaction(
            tx -> generations.write(tx, base, refresh.generation(), number, difference.covered()));
        searchable.written(GenerationTable.startOf(slice), GenerationTable.endOf(slice));
      }
      generations.analyze(connection);
      searchable.await();
      ends.apply(
          connection,
          refresh,
          new RefreshTable.Counts(difference.added(), difference.changed(), difference.removed()));
      searchable.shown();
    }
  }

  /**
   * What was staged.
   *
   * @param distinct whether it's certain that no two rows have one EIN
   */
  private record Staged(BmfFile.Read read, boolean distinct) {}

  private Staged stage(Handle connection, Path file, RowFingerprint fingerprint)
      throws IOException, UnusableFile {
    connection.useTransaction(staging::clear);
    try (InputStream in = Files.newInputStream(file);
        Stage stage = new Stage(connection)) {
      try {
        BmfFile.Read read = BmfFile.read(in, fingerprint, stage);
        return new Staged(read, stage.ascending && read.bad() == 0);
      } finally {
        stage.flush();
      }
    }
  }

  /**
   * Sends rows in batches, each in a transaction of its own together with the progress. While one
   * is sent, the next is read.
   */
  private final class Stage implements BmfFile.Sink, AutoCloseable {
    private final Handle connection;
    private final ExecutorService sender =
        Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("heyblue-catalog-staging").factory());
    private Future<?> sent = CompletableFuture.completedFuture(null);
    private StagingTable.Batch batch = new StagingTable.Batch();
    private long rows;
    private long bad;
    private String last = "";
    private boolean ascending = true;

    Stage(Handle connection) {
      this.connection = connection;
    }

    @Override
    public void accept(long line, BmfRow row) throws UnusableFile {
      rows++;
      switch (row) {
        case BmfRow.Bad _ -> bad++;
        case BmfRow.Good good -> {
          String ein = good.charity().ein().value();
          ascending &= last.compareTo(ein) < 0;
          last = ein;
        }
      }
      batch.add(line, row);
      if (batch.rows() == BATCH) {
        requireGoingOn();
        send();
      }
    }

    private void send() {
      StagingTable.Batch full = batch;
      long rowsSoFar = rows;
      long badSoFar = bad;
      batch = new StagingTable.Batch();
      awaitSent();
      sent =
          sender.submit(
              () ->
                  connection.useTransaction(
                      tx -> {
                        staging.copy(tx, full);
                        refreshes.progress(tx, refresh.id(), rowsSoFar, badSoFar);
                      }));
    }

    void flush() {
      send();
      awaitSent();
    }

    private void awaitSent() {
      try {
        sent.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while rows are sent", e);
      } catch (ExecutionException e) {
        throw new IllegalStateException("the rows can't be sent", e.getCause());
      }
    }

    @Override
    public void close() {
      sender.close();
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
