package app.heyblue.onboarding.postgres;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Ending;
import app.heyblue.security.PasswordHash;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Applications in {@code onboarding.application}: finding and locking them. */
public final class ApplicationTable {
  private static final String COLUMNS =
      """
      select id, user_id, kind, status, form, password_hash, claim, ending, reason, event_id,
        submitted_at, changed_at, confirmed_at is not null as confirmed, unavailable_since
      from onboarding.application
      """;

  private ApplicationTable() {}

  /** One after the other for all who ask with this address, until the transaction ends. */
  public static void lockAddress(Handle tx, byte[] address) {
    lockOctets(tx, address);
  }

  /** {@link #lockAddress} for the address of an application; take it before the row's own lock. */
  public static void lockAddressOf(Handle tx, UUID id) {
    tx.createQuery("select address from onboarding.application where id = :id")
        .bind("id", id)
        .mapTo(byte[].class)
        .findOne()
        .ifPresent(address -> lockAddress(tx, address));
  }

  /** One after the other for all who bring this badge, EIN or case number. */
  public static void lockClaim(Handle tx, Bytes claim) {
    lockOctets(tx, claim.value());
  }

  public static Optional<Application> find(Handle tx, UUID id) {
    return tx.createQuery(COLUMNS + "where id = :id")
        .bind("id", id)
        .map(ApplicationTable::application)
        .findOne();
  }

  public static Optional<Application> lock(Handle tx, UUID id) {
    return tx.createQuery(COLUMNS + "where id = :id for update")
        .bind("id", id)
        .map(ApplicationTable::application)
        .findOne();
  }

  /** An application that the worker has something to do for. */
  public record Due(UUID id, PartyKind kind, ApplicationStatus status) {}

  /** The next that the worker has something to do for, oldest first. */
  public static List<Due> atWork(Handle tx, UUID after, Instant now, int limit) {
    return tx.createQuery(
            """
            select id, kind, status from onboarding.application
            where status in ('verifying', 'approved', 'admitted') and id > :after
              and (next_try_at is null or next_try_at <= :now)
            order by id limit :limit
            """)
        .bind("after", after)
        .bind("now", now)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new Due(
                    row.getObject("id", UUID.class),
                    PartyKind.parse(row.getString("kind")),
                    ApplicationStatus.of(row.getString("status"))))
        .list();
  }

  /** Whose status hasn't changed since a time, by their ids. */
  public static List<Application> unchangedSince(
      Handle tx, ApplicationStatus status, Instant time, UUID after, int limit) {
    return tx.createQuery(
            COLUMNS
                + """
                where status = :status and changed_at <= :time and id > :after order by id limit :limit
                """)
        .bind("status", status.text())
        .bind("time", time)
        .bind("after", after)
        .bind("limit", limit)
        .map(ApplicationTable::application)
        .list();
  }

  /** Applications that wait for a review, oldest first. */
  public static List<Application> inReview(Handle tx, @Nullable UUID after, int limit) {
    return tx.createQuery(
            COLUMNS
                + """
                where status = 'needsReview' and (cast(:after as uuid) is null or id > :after)
                order by id limit :limit
                """)
        .bind("after", after)
        .bind("limit", limit)
        .map(ApplicationTable::application)
        .list();
  }

  /** How many have waited for a review since a time. */
  public static long countInReviewSince(Handle tx, Instant time) {
    return tx.createQuery(
            """
            select count(*) from onboarding.application
            where status = 'needsReview' and changed_at <= :time
            """)
        .bind("time", time)
        .mapTo(Long.class)
        .one();
  }

  /** The parties of a kind that are active. */
  public static List<UserId> activeOf(Handle tx, PartyKind kind) {
    return tx.createQuery(
            """
            select user_id from onboarding.application
            where status = 'active' and kind = :kind order by user_id
            """)
        .bind("kind", kind.toString())
        .mapTo(UUID.class)
        .map(UserId::new)
        .list();
  }

  /** The application of this address that is past the mailed code and wasn't rejected. */
  public static Optional<Application> findConfirmed(Handle tx, byte[] address) {
    return tx.createQuery(
            COLUMNS
                + """
                where address = :address
                  and status in ('verifying', 'needsReview', 'approved', 'admitted', 'active')
                """)
        .bind("address", address)
        .map(ApplicationTable::application)
        .findOne();
  }

  /** The application that this party came from. */
  public static Optional<Application> findOf(Handle tx, UserId user) {
    return tx.createQuery(COLUMNS + "where user_id = :user")
        .bind("user", user.value())
        .map(ApplicationTable::application)
        .findOne();
  }

  /** Whether another application has joined, or is about to, with this claim. */
  public static boolean isClaimed(Handle tx, Bytes claim) {
    return tx.createQuery(
            """
            select exists (select from onboarding.application
              where claim = :claim and status in ('approved', 'admitted', 'active'))
            """)
        .bind("claim", claim.value())
        .mapTo(Boolean.class)
        .one();
  }

  private static void lockOctets(Handle tx, byte[] octets) {
    tx.createQuery(
            """
            select pg_advisory_xact_lock(hashtextextended('onboarding/' || encode(:octets, 'hex'), 0))
            """)
        .bind("octets", octets)
        .map((row, context) -> true)
        .one();
  }

  static Application application(ResultSet row, StatementContext context) throws SQLException {
    String password = row.getString("password_hash");
    String ending = row.getString("ending");
    OffsetDateTime unavailableSince = row.getObject("unavailable_since", OffsetDateTime.class);
    return new Application(
        row.getObject("id", UUID.class),
        new UserId(row.getObject("user_id", UUID.class)),
        PartyKind.parse(row.getString("kind")),
        ApplicationStatus.of(row.getString("status")),
        Bytes.ofNullable(row.getBytes("form")),
        password == null ? null : new PasswordHash(password),
        Bytes.ofNullable(row.getBytes("claim")),
        ending == null ? null : Ending.of(ending),
        Bytes.ofNullable(row.getBytes("reason")),
        row.getObject("event_id", UUID.class),
        row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
        row.getObject("changed_at", OffsetDateTime.class).toInstant(),
        row.getBoolean("confirmed"),
        unavailableSince == null ? null : unavailableSince.toInstant());
  }
}
