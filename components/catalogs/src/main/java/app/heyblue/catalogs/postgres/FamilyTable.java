package app.heyblue.catalogs.postgres;

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
    database.useTransaction(
        tx -> {
          if (!replaceVisible(tx, fingerprint, entry)) {
            insert(tx, fingerprint, entry);
          }
          audit.record(tx, "family.added", HexFormat.of().formatHex(fingerprint, 0, 8), Map.of());
        });
  }

  private static boolean replaceVisible(Handle tx, byte[] fingerprint, FamilyEntry entry) {
    return tx.createUpdate(
                """
                update catalogs.family f set zip3 = :zip3, cause = :cause
                from catalogs.catalog k
                where k.name = 'families' and f.since <= k.generation and k.generation < f.until
                  and f.case_fingerprint = :fingerprint
                """)
            .bind("fingerprint", fingerprint)
            .bind("zip3", entry.zip3())
            .bind("cause", entry.cause())
            .execute()
        > 0;
  }

  /** In generation 0, so that no undo takes it for what a refresh added. */
  private static void insert(Handle tx, byte[] fingerprint, FamilyEntry entry) {
    tx.createUpdate(
            """
            insert into catalogs.family (case_fingerprint, since, zip3, cause)
            values (:fingerprint, 0, :zip3, :cause)
            on conflict (case_fingerprint, since) do update
            set zip3 = excluded.zip3, cause = excluded.cause, state = '', until = default
            """)
        .bind("fingerprint", fingerprint)
        .bind("zip3", entry.zip3())
        .bind("cause", entry.cause())
        .execute();
  }
}
