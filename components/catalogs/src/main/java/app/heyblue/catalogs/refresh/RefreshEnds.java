package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.postgres.GenerationTable;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.StagingTable;
import app.heyblue.security.Audit;
import java.time.Clock;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The two ends of a refresh, each one transaction with its audit record. */
final class RefreshEnds {
  static final String INTERRUPTED =
      "The refresh was interrupted, because the server stopped. Nothing was changed; start it"
          + " again.";

  private final RefreshTable refreshes = new RefreshTable();
  private final StagingTable staging = new StagingTable();
  private final GenerationTable generations = new GenerationTable();
  private final Audit audit;
  private final Clock clock;

  RefreshEnds(Audit audit, Clock clock) {
    this.audit = audit;
    this.clock = clock;
  }

  /** Shows the generation that was written. */
  void apply(Handle connection, RefreshTable.Running refresh, RefreshTable.Counts counts) {
    connection.useTransaction(
        tx -> {
          generations.show(tx, refresh.generation());
          staging.clear(tx);
          refreshes.end(tx, refresh.id(), counts, null, clock.instant());
          audit.record(
              tx,
              "refresh.applied",
              refresh.id().toString(),
              Map.of(
                  "catalog", "charities",
                  "added", Long.toString(counts.added()),
                  "changed", Long.toString(counts.changed()),
                  "removed", Long.toString(counts.removed())));
        });
  }

  /** Takes away whatever was written. */
  void refuse(Handle connection, RefreshTable.Running refresh, String reason) {
    connection.useTransaction(
        tx -> {
          generations.discard(tx, refresh.generation());
          staging.clear(tx);
          refreshes.end(tx, refresh.id(), RefreshTable.Counts.NONE, reason, clock.instant());
          audit.record(
              tx,
              "refresh.refused",
              refresh.id().toString(),
              Map.of("catalog", "charities", "reason", reason));
        });
  }
}
