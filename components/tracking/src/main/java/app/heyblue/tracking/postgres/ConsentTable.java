package app.heyblue.tracking.postgres;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Who said whether positions may be known. */
public final class ConsentTable {
  private ConsentTable() {}

  /** What a person said last. */
  public record Consent(boolean granted, Instant changedAt) {}

  public static Optional<Consent> find(Handle tx, UserId person) {
    return tx.createQuery("select granted, changed_at from tracking.consent where user_id = :id")
        .bind("id", person.value())
        .map(
            (row, context) ->
                new Consent(
                    row.getBoolean(1),
                    row.getObject(2, java.time.OffsetDateTime.class).toInstant()))
        .findOne();
  }

  public static void put(Handle tx, UserId person, Consent consent) {
    tx.createUpdate(
            """
            insert into tracking.consent (user_id, granted, changed_at)
            values (:id, :granted, :at)
            on conflict (user_id) do update
              set granted = excluded.granted, changed_at = excluded.changed_at
            """)
        .bind("id", person.value())
        .bind("granted", consent.granted())
        .bind("at", consent.changedAt().atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** Everybody who withdrew consent. */
  public static List<UserId> withdrawn(Handle tx) {
    return tx.createQuery("select user_id from tracking.consent where not granted")
        .map((row, context) -> new UserId(row.getObject(1, UUID.class)))
        .list();
  }
}
