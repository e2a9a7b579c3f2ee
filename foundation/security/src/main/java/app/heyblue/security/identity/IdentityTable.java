package app.heyblue.security.identity;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.security.PasswordHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table {@code security.identity}. */
final class IdentityTable {
  private static final String COLUMNS =
      "select user_id, kind, email_sealed, password, device_fingerprint, enabled"
          + " from security.identity ";

  private IdentityTable() {}

  /** Inserts the row; false where the party has one already. */
  static boolean insert(Handle tx, StoredIdentity identity, byte[] emailFingerprint, Instant at) {
    return tx.createUpdate(
                """
                insert into security.identity
                  (user_id, kind, email_fingerprint, email_sealed, password, device_fingerprint,
                   enabled, made_at)
                values (:user, :kind, :fingerprint, :sealed, :password, :device, :enabled, :at)
                on conflict (user_id) do nothing
                """)
            .bind("user", identity.userId().value())
            .bind("kind", identity.kind().toString())
            .bind("fingerprint", emailFingerprint)
            .bind("sealed", identity.emailSealed())
            .bind("password", identity.password().phc())
            .bind("device", identity.deviceFingerprint())
            .bind("enabled", identity.enabled())
            .bind("at", at)
            .execute()
        == 1;
  }

  static Optional<StoredIdentity> byEmail(Handle tx, byte[] fingerprint) {
    return tx.createQuery(COLUMNS + "where email_fingerprint = :fingerprint")
        .bind("fingerprint", fingerprint)
        .map((row, context) -> read(row))
        .findOne();
  }

  static Optional<StoredIdentity> byParty(Handle tx, UserId party) {
    return byParty(tx, party, "");
  }

  /** {@link #byParty}, kept as it is until the transaction ends. */
  static Optional<StoredIdentity> hold(Handle tx, UserId party) {
    return byParty(tx, party, " for share");
  }

  private static Optional<StoredIdentity> byParty(Handle tx, UserId party, String lock) {
    return tx.createQuery(COLUMNS + "where user_id = :user" + lock)
        .bind("user", party.value())
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Each of these answers whether it changed anything. */
  static boolean enable(Handle tx, UserId party) {
    return tx.createUpdate(
                "update security.identity set enabled = true where user_id = :user and not enabled")
            .bind("user", party.value())
            .execute()
        == 1;
  }

  static boolean setDevice(Handle tx, UserId party, byte[] fingerprint) {
    return tx.createUpdate(
                """
                update security.identity set device_fingerprint = :device
                where user_id = :user and device_fingerprint <> :device
                """)
            .bind("user", party.value())
            .bind("device", fingerprint)
            .execute()
        == 1;
  }

  static boolean setPassword(Handle tx, UserId party, PasswordHash password) {
    return tx.createUpdate(
                """
                update security.identity set password = :password
                where user_id = :user and password <> :password
                """)
            .bind("user", party.value())
            .bind("password", password.phc())
            .execute()
        == 1;
  }

  /** {@link #setPassword} where it is still the one that was checked. */
  static boolean replacePassword(
      Handle tx, UserId party, PasswordHash before, PasswordHash password) {
    return tx.createUpdate(
                """
                update security.identity set password = :password
                where user_id = :user and password = :before
                """)
            .bind("user", party.value())
            .bind("before", before.phc())
            .bind("password", password.phc())
            .execute()
        == 1;
  }

  private static StoredIdentity read(ResultSet row) throws SQLException {
    return new StoredIdentity(
        new UserId(row.getObject("user_id", UUID.class)),
        PartyKind.parse(row.getString("kind")),
        row.getBytes("email_sealed"),
        new PasswordHash(row.getString("password")),
        row.getBytes("device_fingerprint"),
        row.getBoolean("enabled"));
  }
}
