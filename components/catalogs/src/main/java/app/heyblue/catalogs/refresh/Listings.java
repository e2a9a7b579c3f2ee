package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.postgres.DelistingTable;
import app.heyblue.catalogs.postgres.DelistingTable.Decision;
import app.heyblue.catalogs.postgres.DelistingTable.Delisting;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Tells the stream of users which charities have disappeared from the catalog and which are back,
 * so that those who keep their accounts let them receive or not. A charity that joins after it has
 * disappeared is known to them already.
 */
@ApplicationScoped
public class Listings {
  private static final String DELISTED = "app.heyblue.charity.delisted.v1";
  private static final String LISTED = "app.heyblue.charity.listed.v1";

  private final Database database;
  private final EventLog log;
  private final Audit audit;
  private final Clock clock;
  private final DelistingTable table = new DelistingTable();

  public Listings(Database database, EventLog log, Audit audit, Clock clock) {
    this.database = database;
    this.log = log;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * The data of both events.
   *
   * @param reason {@code refresh}, {@code undo} or {@code review}
   * @param refresh the one that removed the charity or brought it back
   */
  record Told(String ein, String reason, UUID refresh, Instant at) {}

  /** Tells what a generation of charities did, in the transaction that shows it. */
  void tell(Handle tx, RefreshTable.Running refresh, Instant now) {
    String reason = refresh.undoes() == null ? "refresh" : "undo";
    table.remove(
        tx,
        refresh.generation(),
        refresh.id(),
        now,
        eins -> append(tx, DELISTED, eins, reason, refresh.id(), now));
    table.bringBack(
        tx, refresh.generation(), eins -> append(tx, LISTED, eins, reason, refresh.id(), now));
  }

  /**
   * A person's decision on a charity that isn't listed: whether it may receive all the same.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-delisted})
   */
  public Delisting review(Ein ein, Decision decision, @Nullable String note) {
    return database.inTransaction(
        tx -> {
          Delisting before =
              table
                  .lock(tx, ein)
                  .orElseThrow(
                      () ->
                          CatalogProblems.NOT_DELISTED.raise(
                              "No refresh has removed a charity with this EIN, or it is back."));
          Instant now = clock.instant();
          table.decide(tx, ein, decision, note, now);
          String type =
              switch (decision) {
                case KEEP -> LISTED;
                case DROP -> DELISTED;
              };
          append(tx, type, List.of(ein.value()), "review", before.refresh(), now);
          audit.record(
              tx, "charity.reviewed", ein.value(), Map.of("decision", decision.toString()));
          return new Delisting(ein, before.refresh(), before.delistedAt(), decision, note, now);
        });
  }

  private void append(
      Handle tx, String type, List<String> eins, String reason, UUID refresh, Instant at) {
    log.appendAll(
        tx,
        Stream.USERS,
        eins.stream()
            .map(ein -> new NewEvent(type, ein, new Told(ein, reason, refresh, at)))
            .toList());
  }
}
