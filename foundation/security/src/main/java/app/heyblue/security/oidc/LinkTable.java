package app.heyblue.security.oidc;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table {@code security.oidc_link}: which party somebody of another issuer is. */
final class LinkTable {
  private LinkTable() {}

  /** The link stays until the transaction ends, so that no session begins by one that goes. */
  static Optional<UserId> find(Handle tx, byte[] subject) {
    return tx.createQuery(
            "select user_id from security.oidc_link where subject = :subject for share")
        .bind("subject", subject)
        .mapTo(UUID.class)
        .findOne()
        .map(UserId::new);
  }

  /** Links a party, unless it or the subject is linked to another; answers whether it did. */
  static boolean insert(Handle tx, byte[] subject, String issuer, UserId user, Instant at) {
    return tx.createUpdate(
                """
                insert into security.oidc_link (subject, issuer, user_id, made_at)
                values (:subject, :issuer, :user, :at) on conflict do nothing
                """)
            .bind("subject", subject)
            .bind("issuer", issuer)
            .bind("user", user.value())
            .bind("at", at)
            .execute()
        == 1;
  }

  /** Ends the party's link with the issuer. */
  static void delete(Handle tx, String issuer, UserId user) {
    tx.createUpdate("delete from security.oidc_link where issuer = :issuer and user_id = :user")
        .bind("issuer", issuer)
        .bind("user", user.value())
        .execute();
  }
}
