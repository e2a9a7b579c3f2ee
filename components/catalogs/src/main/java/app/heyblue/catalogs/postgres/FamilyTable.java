package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.catalogs.FamilyEntry;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.HouseKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/** Families under a keyed fingerprint of their case number, which itself is kept nowhere. */
@ApplicationScoped
public class FamilyTable implements FamilyCatalog {
  private static final String KEY = "family-case-number";

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
    byte[] fingerprint = fingerprint(caseNumber);
    return database.read(
        tx ->
            tx.createQuery(
                    "select zip3, cause from catalogs.family where case_fingerprint = :fingerprint")
                .bind("fingerprint", fingerprint)
                .map((row, context) -> new FamilyEntry(row.getString(1), row.getString(2)))
                .findOne());
  }

  @Override
  public void add(String caseNumber, String zip3, @Nullable String cause) {
    FamilyEntry entry = new FamilyEntry(zip3, cause);
    byte[] fingerprint = fingerprint(caseNumber);
    database.useTransaction(
        tx -> {
          tx.createUpdate(
                  """
                  insert into catalogs.family (case_fingerprint, zip3, cause, added_at)
                  values (:fingerprint, :zip3, :cause, :now)
                  on conflict (case_fingerprint)
                  do update set zip3 = excluded.zip3, cause = excluded.cause
                  """)
              .bind("fingerprint", fingerprint)
              .bind("zip3", entry.zip3())
              .bind("cause", entry.cause())
              .bind("now", clock.instant().atOffset(ZoneOffset.UTC))
              .execute();
          audit.record(tx, "family.added", HexFormat.of().formatHex(fingerprint, 0, 8), Map.of());
        });
  }

  private byte[] fingerprint(String caseNumber) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.symmetric(KEY));
      return mac.doFinal(FamilyCatalog.canonical(caseNumber).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
