package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.catalogs.FamilyEntry;
import app.heyblue.catalogs.families.CaseNumbers;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.HouseKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Families of the visible generation, under a fingerprint of their case number. */
@ApplicationScoped
public class FamilyTable implements FamilyCatalog {
  private final Database database;
  private final HouseKeys keys;
  private final Audit audit;
  private final Clock clock;

  public FamilyTable(Database database, HouseKeys keys, Audit audit, Clock clock) {
    this.database = database;
    this.keys = keys;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Optional<FamilyEntry> find(String caseNumber) {
    byte[] fingerprint = new CaseNumbers(keys).fingerprint(caseNumber);
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select f.zip3, f.cause from catalogs.family f
                    join catalogs.catalog k
                      on k.name = 'families' and f.since <= k.generation and k.generation < f.until
                    where f.case_fingerprint = :fingerprint
                      and (f.valid_until is null or f.valid_until >= :today)
                    """)
                .bind("fingerprint", fingerprint)
                .bind("today", today)
                .map((row, context) -> new FamilyEntry(row.getString(1), row.getString(2)))
                .findOne());
  }

  @Override
  public void add(String caseNumber, String zip3, @Nullable String cause) {
    FamilyEntry entry = new FamilyEntry(zip3, cause);
    byte[] fingerprint = new CaseNumbers(keys).fingerprint(caseNumber);
    RefreshLock lock = new RefreshLock(CatalogName.FAMILIES);
    try (Handle connection = database.open()) {
      if (!lock.lockOnceEnded(connection)) {
        throw CatalogProblems.REFRESH_RUNNING.raise(
            "The families are being refreshed. Add this one once that has ended.");
      }
      try {
        connection.useTransaction(
            tx -> {
              forget(tx, fingerprint);
              insert(tx, fingerprint, entry);
              audit.record(
                  tx, "family.added", HexFormat.of().formatHex(fingerprint, 0, 8), Map.of());
            });
      } finally {
        lock.unlock(connection);
      }
    }
  }

  /**
   * All that refreshes have written of it: what one of them ended would come back by its undo,
   * beside what is added now, and what one began would be ended.
   */
  private static void forget(Handle tx, byte[] fingerprint) {
    tx.createUpdate("delete from catalogs.family where case_fingerprint = :fingerprint")
        .bind("fingerprint", fingerprint)
        .execute();
  }

  /** In generation 0, so that no undo takes it for what a refresh added. */
  private static void insert(Handle tx, byte[] fingerprint, FamilyEntry entry) {
    tx.createUpdate(
            """
            insert into catalogs.family (case_fingerprint, since, zip3, cause)
            values (:fingerprint, 0, :zip3, :cause)
            """)
        .bind("fingerprint", fingerprint)
        .bind("zip3", entry.zip3())
        .bind("cause", entry.cause())
        .execute();
  }
}
