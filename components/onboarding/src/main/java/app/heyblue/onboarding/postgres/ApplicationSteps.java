package app.heyblue.onboarding.postgres;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Ending;
import app.heyblue.security.PasswordHash;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The steps of an application, as its row in {@code onboarding.application} takes them. */
public final class ApplicationSteps {
  private static final String SUPERSEDE =
      """
      update onboarding.application
      set status = 'rejected', ending = 'superseded', form = null, password_hash = null,
        next_try_at = null, unavailable_since = null, changed_at = :now
      where\s""";

  private ApplicationSteps() {}

  public static void insert(
      Handle tx,
      UUID id,
      UserId user,
      PartyKind kind,
      ApplicationStatus status,
      byte[] address,
      Bytes form,
      PasswordHash password,
      @Nullable Bytes claim,
      Instant now) {
    tx.createUpdate(
            """
            insert into onboarding.application (id, user_id, kind, status, address, form,
              password_hash, claim, submitted_at, changed_at)
            values (:id, :user, :kind, :status, :address, :form, :password, :claim, :now, :now)
            """)
        .bind("id", id)
        .bind("user", user.value())
        .bind("kind", kind.toString())
        .bind("status", status.text())
        .bind("address", address)
        .bind("form", form.value())
        .bind("password", password.phc())
        .bind("claim", claim == null ? null : claim.value())
        .bind("now", now)
        .execute();
  }

  /**
   * Ends what an address has on its way up to a review, and forgets what was filled in.
   *
   * @return their ids
   */
  public static List<UUID> supersede(Handle tx, byte[] address, Instant now) {
    return supersede(
        tx.createUpdate(
                SUPERSEDE
                    + "address = :address and status in ('awaitingEmail', 'verifying', 'needsReview')")
            .bind("address", address)
            .bind("now", now),
        tx);
  }

  /**
   * Ends the other applications of an application's address whose code hasn't come back, and
   * forgets what was filled in.
   *
   * @return their ids
   */
  public static List<UUID> supersedeOthers(Handle tx, UUID id, Instant now) {
    return supersede(
        tx.createUpdate(
                SUPERSEDE
                    + """
                    status = 'awaitingEmail' and id <> :id
                      and address = (select address from onboarding.application where id = :id)
                    """)
            .bind("id", id)
            .bind("now", now),
        tx);
  }

  private static List<UUID> supersede(Update update, Handle tx) {
    List<UUID> ended = update.executeAndReturnGeneratedKeys("id").mapTo(UUID.class).list();
    ended.forEach(id -> FindingTable.eraseTexts(tx, id));
    return ended;
  }

  public static void confirm(Handle tx, UUID id, Instant now) {
    update(tx, "status = 'verifying', confirmed_at = :now", id, now);
  }

  public static void sendToReview(Handle tx, UUID id, @Nullable Bytes claim, Instant now) {
    tx.createUpdate(
            """
            update onboarding.application
            set status = 'needsReview', claim = :claim, failures = 0, next_try_at = null,
              unavailable_since = null, changed_at = :now
            where id = :id
            """)
        .bind("claim", claim == null ? null : claim.value())
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  public static void approve(Handle tx, UUID id, @Nullable Bytes claim, Instant now) {
    tx.createUpdate(
            """
            update onboarding.application
            set status = 'approved', claim = :claim, failures = 0, next_try_at = null,
              unavailable_since = null, changed_at = :now
            where id = :id
            """)
        .bind("claim", claim == null ? null : claim.value())
        .bind("now", now)
        .bind("id", id)
        .execute();
    FindingTable.eraseTexts(tx, id);
  }

  /** Turns it down; who applied can read why. */
  public static void reject(Handle tx, UUID id, Bytes reason, Instant now) {
    tx.createUpdate(
            """
            update onboarding.application
            set status = 'rejected', ending = 'rejected', reason = :reason, form = null,
              password_hash = null, next_try_at = null, unavailable_since = null, changed_at = :now
            where id = :id
            """)
        .bind("reason", reason.value())
        .bind("now", now)
        .bind("id", id)
        .execute();
    FindingTable.eraseTexts(tx, id);
  }

  /** Ends it without a trace of the person: not even the address's fingerprint stays. */
  public static void erase(Handle tx, UUID id, Ending ending, Instant now) {
    tx.createUpdate(
            """
            update onboarding.application
            set status = 'rejected', ending = :ending, form = null, password_hash = null,
              claim = null, address = decode(repeat('00', 32), 'hex'), next_try_at = null,
              unavailable_since = null, changed_at = :now
            where id = :id
            """)
        .bind("ending", ending.toString())
        .bind("now", now)
        .bind("id", id)
        .execute();
    FindingTable.eraseTexts(tx, id);
  }

  /** The credentials exist and the event is told: the hash has served. */
  public static void admit(Handle tx, UUID id, UUID event, Instant now) {
    tx.createUpdate(
            """
            update onboarding.application
            set status = 'admitted', event_id = :event, password_hash = null, failures = 0,
              next_try_at = null, changed_at = :now
            where id = :id
            """)
        .bind("event", event)
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  public static void activate(Handle tx, UUID id, Instant now) {
    update(tx, "status = 'active', form = null", id, now);
  }

  /** {@link #postpone} because a validator doesn't answer; remembers since when. */
  public static void await(Handle tx, UUID id, Instant now) {
    tx.createUpdate(
            """
            update onboarding.application
            set unavailable_since = coalesce(unavailable_since, :now) where id = :id
            """)
        .bind("now", now)
        .bind("id", id)
        .execute();
    postpone(tx, id, now);
  }

  /** Waits after a failure: 2, 4, 8, … up to 64 seconds. */
  public static void postpone(Handle tx, UUID id, Instant now) {
    tx.createUpdate(
            """
            update onboarding.application
            set failures = failures + 1,
              next_try_at = cast(:now as timestamptz) + make_interval(secs => power(2, least(failures + 1, 6)))
            where id = :id
            """)
        .bind("now", now)
        .bind("id", id)
        .execute();
  }

  public static void delete(Handle tx, UUID id) {
    tx.createUpdate("delete from onboarding.application where id = :id").bind("id", id).execute();
  }

  /**
   * Deletes applications that ended before a time.
   *
   * @return who never joined
   */
  public static List<UserId> deleteEnded(Handle tx, Instant before) {
    return tx.createUpdate(
            """
            delete from onboarding.application where status = 'rejected' and changed_at < :before
            """)
        .bind("before", before)
        .executeAndReturnGeneratedKeys("user_id")
        .mapTo(UUID.class)
        .map(UserId::new)
        .list();
  }

  private static void update(Handle tx, String changes, UUID id, Instant now) {
    tx.createUpdate(
            "update onboarding.application set " + changes + ", changed_at = :now where id = :id")
        .bind("now", now)
        .bind("id", id)
        .execute();
  }
}
