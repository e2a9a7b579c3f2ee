package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.Reversal;
import app.heyblue.catalogs.postgres.Versions;
import org.jdbi.v3.core.Handle;

/** One undo: the opposite of an earlier generation, written beside what readers see and shown. */
final class UndoJob {
  private final RefreshTable.Running refresh;
  private final Versions versions;
  private final RefreshEnds ends;

  UndoJob(RefreshTable.Running refresh, Versions versions, RefreshEnds ends) {
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
    connection.useTransaction(tx -> reversal.end(tx, undone, base, refresh.generation()));
    connection.useTransaction(tx -> reversal.begin(tx, undone, refresh.generation()));
    ends.apply(connection, refresh, counts);
  }
}
