package app.heyblue.notifications.domain;

import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which ids were sent, in {@code notifications.sent}. */
final class SentMails {
  private SentMails() {}

  /** Takes the id for this sender; false where it was taken before. */
  static boolean claim(Handle tx, UUID id, Instant now) {
    return tx.createUpdate(
                """
                insert into notifications.sent (id, claimed_at) values (:id, :now)
                on conflict do nothing
                """)
            .bind("id", id)
            .bind("now", now)
            .execute()
        == 1;
  }

  static void confirm(Handle tx, UUID id, Instant now) {
    tx.createUpdate("update notifications.sent set confirmed_at = :now where id = :id")
        .bind("id", id)
        .bind("now", now)
        .execute();
  }

  /** Gives the id back after a failure, so that it can be tried again. */
  static void release(Handle tx, UUID id) {
    tx.createUpdate("delete from notifications.sent where id = :id and confirmed_at is null")
        .bind("id", id)
        .execute();
  }
}
