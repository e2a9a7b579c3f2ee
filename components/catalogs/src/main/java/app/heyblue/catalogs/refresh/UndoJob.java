package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.bmf.UnusableFile;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.Reversal;
import app.heyblue.catalogs.postgres.Versions;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;

/** One undo: the opposite of an earlier generation, written beside what readers see and shown. */
final class UndoJob {
  private final RefreshTable.Running refresh;
  private final Versions versions;
  private final RefreshEnds ends;
  private final BooleanSupplier stopping;

  UndoJob(
      RefreshTable.Running refresh, Versions versions, RefreshEnds ends, BooleanSupplier stopping) {
    this.stopping = stopping;
    this.refresh = refresh;
    this.versions = versions;
    this.ends = ends;
  }

  /**
   * Undoes.
   *
   * @param undone the generation to take back
   */
  void run(Handle connection, long undone) {
    Reversal reversal = versions.reversal();
    RefreshTable.Counts counts = reversal.counts(connection, undone);
    long base = versions.visible(connection);
    try {
      requireGoingOn();
      connection.useTransaction(tx -> reversal.end(tx, undone, base, refresh.generation()));
      requireGoingOn();
      connection.useTransaction(tx -> reversal.begin(tx, undone, refresh.generation()));
      requireGoingOn();
      ends.apply(connection, refresh, counts);
    } catch (UnusableFile stopped) {
      ends.refuse(connection, refresh, stopped.reason());
    }
  }

  private void requireGoingOn() throws UnusableFile {
    if (stopping.getAsBoolean()) {
      throw new UnusableFile(RefreshEnds.INTERRUPTED);
    }
  }
}
