package app.heyblue.security.identity;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/** The table {@code security.known_device}. */
final class KnownDevices {
  /** How many devices of an account are remembered: the last ones. */
  static final int MOST = 20;

  private KnownDevices() {}

  /** Whether a device is known to the account of an address; the same work where there is none. */
  static boolean contains(Handle tx, byte[] emailFingerprint, byte[] device) {
    return tx.createQuery(
            """
            select exists (
              select 1 from security.identity i join security.known_device d using (user_id)
              where i.email_fingerprint = :email and d.device_fingerprint = :device)
            """)
        .bind("email", emailFingerprint)
        .bind("device", device)
        .mapTo(Boolean.class)
        .one();
  }

  static void add(Handle tx, UserId user, byte[] device, Instant at) {
    tx.createUpdate(
            """
            insert into security.known_device (user_id, device_fingerprint, last_at)
            values (:user, :device, :at)
            on conflict (user_id, device_fingerprint) do update set last_at = excluded.last_at
            """)
        .bind("user", user.value())
        .bind("device", device)
        .bind("at", at)
        .execute();
    tx.createUpdate(
            """
            delete from security.known_device where user_id = :user and device_fingerprint in (
              select device_fingerprint from security.known_device where user_id = :user
              order by last_at desc, device_fingerprint offset :most)
            """)
        .bind("user", user.value())
        .bind("most", MOST)
        .execute();
  }

  /** Makes the device the only known one. */
  static void only(Handle tx, UserId user, byte[] device, Instant at) {
    tx.createUpdate(
            """
            delete from security.known_device
            where user_id = :user and device_fingerprint <> :device
            """)
        .bind("user", user.value())
        .bind("device", device)
        .execute();
    add(tx, user, device, at);
  }

  static void purge(Handle tx, Instant before) {
    tx.createUpdate("delete from security.known_device where last_at < :before")
        .bind("before", before)
        .execute();
  }
}
