package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.RefreshStatus.State;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.postgres.RefreshTable.Counts;
import app.heyblue.catalogs.postgres.SourceTable;
import app.heyblue.catalogs.postgres.Versions;
import app.heyblue.catalogs.sources.Source;
import app.heyblue.security.Audit;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The ends of a refresh, each one transaction with its audit record and its events. */
final class RefreshEnds {
  static final String INTERRUPTED =
      "The refresh was interrupted, because the server stopped. Nothing was changed; start it"
          + " again.";

  private final RefreshTable refreshes = new RefreshTable();
  private final SourceTable sources = new SourceTable();
  private final Audit audit;
  private final Listings listings;
  private final Clock clock;
  private final @Nullable Arrival arrival;

  /** What a source had, remembered once it's applied or found to be the same. */
  record Arrival(Source source, SourceTable.Seen seen) {}

  RefreshEnds(Audit audit, Listings listings, Clock clock, @Nullable Arrival arrival) {
    this.audit = audit;
    this.listings = listings;
    this.clock = clock;
    this.arrival = arrival;
  }

  /** Shows the generation that was written. */
  void apply(Handle connection, RefreshTable.Running refresh, Counts counts) {
    CatalogFormat format =
        Optional.ofNullable(refresh.format())
            .orElseThrow(() -> new IllegalStateException("unread: " + refresh.id()));
    Versions versions = Versions.of(format);
    Instant now = clock.instant();
    connection.useTransaction(
        tx -> {
          versions.show(tx, refresh.generation());
          versions.clearStaging(tx);
          if (format == CatalogFormat.EO_BMF) {
            listings.tell(tx, refresh, now);
          }
          remember(tx);
          refreshes.end(tx, refresh.id(), State.APPLIED, counts, null, now);
          Map<String, String> details = details(refresh);
          details.put("added", Long.toString(counts.added()));
          details.put("changed", Long.toString(counts.changed()));
          details.put("removed", Long.toString(counts.removed()));
          record(
              tx,
              refresh.undoes() == null ? "refresh.applied" : "refresh.undone",
              refresh,
              details);
        });
  }

  /** Ends a refresh that had nothing to read. */
  void unchanged(Handle connection, RefreshTable.Running refresh, String reason) {
    connection.useTransaction(
        tx -> {
          remember(tx);
          refreshes.end(tx, refresh.id(), State.APPLIED, Counts.NONE, reason, clock.instant());
          record(tx, "refresh.unchanged", refresh, details(refresh));
        });
  }

  /** Takes away whatever was written. */
  void refuse(Handle connection, RefreshTable.Running refresh, String reason) {
    connection.useTransaction(
        tx -> {
          if (refresh.format() != null) {
            Versions versions = Versions.of(refresh.format());
            versions.discard(tx, refresh.generation());
            versions.clearStaging(tx);
          }
          refreshes.end(tx, refresh.id(), State.REFUSED, Counts.NONE, reason, clock.instant());
          Map<String, String> details = details(refresh);
          details.put("reason", reason);
          record(tx, "refresh.refused", refresh, details);
        });
  }

  private void remember(Handle tx) {
    if (arrival != null) {
      Source source = arrival.source();
      sources.put(tx, source.catalog(), source.name(), source.fingerprint(), arrival.seen());
    }
  }

  private void record(
      Handle tx, String action, RefreshTable.Running refresh, Map<String, String> details) {
    audit.record(tx, action, refresh.id().toString(), details);
  }

  private static Map<String, String> details(RefreshTable.Running refresh) {
    Map<String, String> details = new HashMap<>();
    details.put("catalog", refresh.catalog().toString());
    if (refresh.format() != null) {
      details.put("format", refresh.format().toString());
    }
    if (refresh.undoes() != null) {
      details.put("undoes", refresh.undoes().toString());
    }
    return details;
  }
}
