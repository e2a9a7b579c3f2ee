package app.heyblue.notifications.push;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.preferences.PushKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Subscriptions in {@code notifications.push_subscription}. */
final class SubscriptionTable {
  private SubscriptionTable() {}

  /** A subscription as it is stored. */
  record Stored(UUID id, byte[] sealed) {}

  /** A party who may want to be pushed a kind of message. */
  record Interest(UserId party, PushKind kind) {}

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

  /** Those of each party who wants to be pushed what's in question; others are missing. */
  static Map<Interest, List<Stored>> wanting(Handle tx, Collection<Interest> interests) {
    return tx.createQuery(
            """
            select s.user_id, wanted.kind, s.id, s.sealed
            from unnest(:parties, :kinds) as wanted(party, kind)
            join notifications.push_subscription s on s.user_id = wanted.party
            join notifications.preference p on p.user_id = s.user_id
            where wanted.kind = any(p.push)
            """)
        .bindArray(
            "parties", UUID.class, interests.stream().map(one -> one.party().value()).toList())
        .bindArray("kinds", String.class, interests.stream().map(one -> one.kind() + "").toList())
        .reduceRows(
            new HashMap<>(),
            (found, row) -> {
              Interest interest =
                  new Interest(
                      new UserId(row.getColumn("user_id", UUID.class)),
                      PushKind.find(row.getColumn("kind", String.class)).orElseThrow());
              found
                  .computeIfAbsent(interest, key -> new ArrayList<>())
                  .add(
                      new Stored(
                          row.getColumn("id", UUID.class), row.getColumn("sealed", byte[].class)));
              return found;
            });
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
