package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.bmf.LineReader;
import app.heyblue.catalogs.bmf.UnusableFile;
import app.heyblue.catalogs.lists.ListFormat;
import app.heyblue.catalogs.lists.StagedRow;
import app.heyblue.catalogs.postgres.DeductibleCoverage;
import app.heyblue.catalogs.postgres.Difference;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.VersionedTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One refresh of a list (Publication 78, the families) from the first row to its end. */
final class ListJob {
  /** Rows a transaction; small enough that progress shows, large enough that commits don't. */
  private static final int BATCH = 5000;

  private final RefreshTable refreshes = new RefreshTable();
  private final RefreshTable.Running refresh;
  private final RefreshEnds ends;
  private final VersionedTable table;
  private final ListFormat format;
  private final Plausibility.Nature nature;
  private final BooleanSupplier stopping;

  ListJob(
      RefreshTable.Running refresh,
      RefreshEnds ends,
      VersionedTable table,
      ListFormat format,
      Plausibility.Nature nature,
      BooleanSupplier stopping) {
    this.refresh = refresh;
    this.ends = ends;
    this.table = table;
    this.format = format;
    this.nature = nature;
    this.stopping = stopping;
  }

  /**
   * What was read.
   *
   * @param lastKey that of a sorted file; else null
   * @param prefixes how many beginnings of two characters its keys have
   */
  private record Read(long lines, long rows, long bad, @Nullable String lastKey, int prefixes) {}

  /** Applies the file, or refuses it with the reason. */
  void run(Handle connection, Path file) {
    try {
      Read read = stage(connection, file);
      long duplicates = connection.inTransaction(table::removeDuplicates);
      connection.useTransaction(
          tx -> refreshes.progress(tx, refresh.id(), read.rows(), read.bad() + duplicates));
      Plausibility.refuseFor(Plausibility.faultOfRows(read.rows(), read.bad() + duplicates));
      table.analyze(connection);
      long base = table.visible(connection);
      Difference difference = table.compare(connection, base, read.lastKey());
      Plausibility.refuseFor(nature.faultOf(difference, read.lastKey()));
      if (nature == Plausibility.Nature.DEDUCTIBILITY && Plausibility.isFirst(difference)) {
        requireCredibleFirst(connection, read);
      }
      for (long line = 1; line <= read.lines(); line += table.slice()) {
        requireGoingOn();
        long from = line;
        connection.useTransaction(tx -> table.begin(tx, base, refresh.generation(), from));
      }
      connection.useTransaction(
          tx -> table.end(tx, base, refresh.generation(), difference.covered()));
      table.analyze(connection);
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

  private static void requireCredibleFirst(Handle connection, Read read) throws UnusableFile {
    if (read.lastKey() != null) {
      Plausibility.refuseFor(
          Plausibility.faultOfFirst(read.rows(), read.prefixes(), read.lastKey()));
    }
    Plausibility.refuseFor(Plausibility.faultOfCoverage(DeductibleCoverage.ofStaged(connection)));
  }

  private Read stage(Handle connection, Path file) throws IOException, UnusableFile {
    connection.useTransaction(table::clearStaging);
    try (InputStream in = Files.newInputStream(file)) {
      LineReader lines = new LineReader(in);
      VersionedTable.Batch batch = new VersionedTable.Batch();
      boolean headed = !format.hasHeader();
      long number = 0;
      long rows = 0;
      long bad = 0;
      String last = null;
      boolean sorted = format.isSorted();
      Set<String> prefixes = new HashSet<>();
      for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (!line.ended() && !format.isWhole(line)) {
          throw new UnusableFile(
              "The file is cut off: it stops in the middle of line %d. Nothing was changed."
                  .formatted(number));
        }
        if (line.text().isBlank()) {
          continue;
        }
        if (!headed) {
          requireHeader(line);
          headed = true;
          continue;
        }
        rows++;
        StagedRow row = format.row(line);
        batch.add(number, row, table.columns());
        switch (row) {
          case StagedRow.Bad _ -> bad++;
          case StagedRow.Good good -> {
            sorted &= last == null || last.compareTo(good.key()) <= 0;
            last = good.key();
            prefixes.add(last.substring(0, Math.min(2, last.length())));
          }
        }
        if (batch.rows() == BATCH) {
          requireGoingOn();
          send(connection, batch, rows, bad);
          batch = new VersionedTable.Batch();
        }
      }
      send(connection, batch, rows, bad);
      if (number == 0) {
        throw new UnusableFile("The file is empty. Nothing was changed.");
      }
      return new Read(number, rows, bad, sorted ? last : null, prefixes.size());
    }
  }

  private void requireHeader(LineReader.Line line) throws UnusableFile {
    String fault = format.faultOfHeader(line).orElse(null);
    if (fault != null) {
      throw new UnusableFile(
          "The file isn't %s: %s. Nothing was changed.".formatted(format.name(), fault));
    }
  }

  private void send(Handle connection, VersionedTable.Batch batch, long rows, long bad) {
    connection.useTransaction(
        tx -> {
          table.copy(tx, batch);
          refreshes.progress(tx, refresh.id(), rows, bad);
        });
  }

  private void requireGoingOn() throws UnusableFile {
    if (stopping.getAsBoolean()) {
      throw new UnusableFile(RefreshEnds.INTERRUPTED);
    }
  }
}
