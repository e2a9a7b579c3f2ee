package app.heyblue.notifications.push;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.preferences.PushKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Subscriptions in {@code notifications.push_subscription}. */
final class SubscriptionTable {
  private SubscriptionTable() {}

  /** A subscription as it is stored. */
  record Stored(UUID id, byte[] sealed) {}

  /** Stores one in place of another of the same address, whosever that was. */
  static void put(
      Handle tx,
      UUID id,
      UserId party,
      UUID session,
      byte[] fingerprint,
      byte[] sealed,
      Instant at) {
    tx.createUpdate(
            """
            insert into notifications.push_subscription
              (id, user_id, session_id, fingerprint, sealed, created_at)
            values (:id, :party, :session, :fingerprint, :sealed, :at)
            on conflict (fingerprint) do update set id = excluded.id, user_id = excluded.user_id,
              session_id = excluded.session_id, sealed = excluded.sealed,
              created_at = excluded.created_at
            """)
        .bind("id", id)
        .bind("party", party.value())
        .bind("session", session)
        .bind("fingerprint", fingerprint)
        .bind("sealed", sealed)
        .bind("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .execute();
  }

  /** Deletes all of a party but for the newest ones. */
  static void keepNewest(Handle tx, UserId party, int most) {
    tx.createUpdate(
            """
            delete from notifications.push_subscription where id in (
              select id from notifications.push_subscription where user_id = :party
              order by created_at desc, id desc offset :most)
            """)
        .bind("party", party.value())
        .bind("most", most)
        .execute();
  }

  /** Those of a party who wants to be pushed this. */
  static List<Stored> wanting(Handle tx, UserId party, PushKind kind) {
    return tx.createQuery(
            """
            select s.id, s.sealed from notifications.push_subscription s
            join notifications.preference p on p.user_id = s.user_id
            where s.user_id = :party and :kind = any(p.push)
            """)
        .bind("party", party.value())
        .bind("kind", kind.toString())
        .map((row, context) -> new Stored(row.getObject("id", UUID.class), row.getBytes("sealed")))
        .list();
  }

  static int deleteAll(Handle tx, UserId party) {
    return tx.createUpdate("delete from notifications.push_subscription where user_id = :party")
        .bind("party", party.value())
        .execute();
  }

  static int delete(Handle tx, UserId party, UUID id) {
    return tx.createUpdate(
            "delete from notifications.push_subscription where id = :id and user_id = :party")
        .bind("id", id)
        .bind("party", party.value())
        .execute();
  }

  static void deleteOf(Handle tx, UUID session) {
    tx.createUpdate("delete from notifications.push_subscription where session_id = :session")
        .bind("session", session)
        .execute();
  }
}
