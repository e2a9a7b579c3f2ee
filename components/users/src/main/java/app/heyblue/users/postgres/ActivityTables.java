package app.heyblue.users.postgres;

import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.UserId;
import app.heyblue.kernel.Uuids;
import app.heyblue.users.activity.Donation;
import app.heyblue.users.activity.Meeting;
import app.heyblue.users.activity.Met;
import app.heyblue.users.activity.Received;
import app.heyblue.users.activity.Reversed;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The tables of meetings and donations. What was reversed stays, marked, and counts no more. */
@ApplicationScoped
public class ActivityTables {
  /** Adds meetings; one that is there stays as it is. */
  public void addMeetings(Handle tx, List<Meeting> meetings) {
    if (meetings.isEmpty()) {
      return;
    }
    tx.createUpdate(
            """
            insert into users.meeting (transaction_id, civilian, officer, at)
            select id, civilian, officer, at::timestamptz
            from unnest(:ids, :civilians, :officers, :times) as u(id, civilian, officer, at)
            on conflict (transaction_id) do nothing
            """)
        .bindArray("ids", UUID.class, column(meetings, Meeting::transactionId))
        .bindArray("civilians", UUID.class, column(meetings, m -> m.civilian().value()))
        .bindArray("officers", UUID.class, column(meetings, m -> m.officer().value()))
        .bindArray("times", String.class, column(meetings, m -> m.at().toString()))
        .execute();
  }

  /** Adds donations; one that is there stays as it is. */
  public void addDonations(Handle tx, List<Donation> donations) {
    if (donations.isEmpty()) {
      return;
    }
    tx.createUpdate(
            """
            insert into users.donation (transaction_id, giver, recipient, points, at)
            select id, giver, recipient, points, at::timestamptz
            from unnest(:ids, :givers, :recipients, :points, :times)
              as u(id, giver, recipient, points, at)
            on conflict (transaction_id) do nothing
            """)
        .bindArray("ids", UUID.class, column(donations, Donation::transactionId))
        .bindArray("givers", UUID.class, column(donations, d -> d.giver().value()))
        .bindArray("recipients", UUID.class, column(donations, d -> d.recipient().value()))
        .bindArray("points", Long.class, column(donations, Donation::points))
        .bindArray("times", String.class, column(donations, d -> d.at().toString()))
        .execute();
  }

  /** Marks meetings and donations; does nothing for transactions of other kinds. */
  public void markReversed(Handle tx, List<Reversed> reversals) {
    if (reversals.isEmpty()) {
      return;
    }
    for (String table : List.of("meeting", "donation")) {
      tx.createUpdate(
              """
              update users.%s t set reversed_by = u.by
              from unnest(:originals, :by) as u(original, by) where t.transaction_id = u.original
              """
                  .formatted(table))
          .bindArray("originals", UUID.class, column(reversals, Reversed::original))
          .bindArray("by", UUID.class, column(reversals, Reversed::by))
          .execute();
    }
  }

  private static <R, T> List<T> column(List<R> rows, Function<R, T> value) {
    return rows.stream().map(value).toList();
  }

  /** How many encounters an officer has had. */
  public long encountersOf(Handle tx, UserId officer) {
    return tx.createQuery(
            "select count(*) from users.meeting where officer = :officer and reversed_by is null")
        .bind("officer", officer.value())
        .mapTo(Long.class)
        .one();
  }

  /** The donations that a party received, newest first, one more than the page shows. */
  public List<Received> donationsTo(Handle tx, UserId recipient, PageRequest page) {
    Optional<UUID> after = page.placeAsId();
    return tx.createQuery(
            """
            select transaction_id, giver, points, at from users.donation
            where recipient = :recipient and reversed_by is null %s
            order by transaction_id desc limit :limit
            """
                .formatted(after.isPresent() ? "and transaction_id < :after" : ""))
        .bind("recipient", recipient.value())
        .bind("limit", page.limit() + 1)
        .bindMap(after.map(id -> Map.of("after", id)).orElse(Map.of()))
        .map(
            (row, context) ->
                new Received(
                    row.getObject("transaction_id", UUID.class),
                    new UserId(row.getObject("giver", UUID.class)),
                    row.getLong("points"),
                    row.getObject("at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** The officers whom a civilian has met, latest first, one more than the page shows. */
  public List<Met> officersMetBy(Handle tx, UserId civilian, PageRequest page) {
    Optional<Place> after = page.place().map(Place::parse);
    return tx.createQuery(
            """
            select officer, count(*) as encounters, max(at) as last_at from users.meeting
            where civilian = :civilian and reversed_by is null
            group by officer %s
            order by last_at desc, officer desc limit :limit
            """
                .formatted(after.isPresent() ? "having (max(at), officer) < (:at, :officer)" : ""))
        .bind("civilian", civilian.value())
        .bind("limit", page.limit() + 1)
        .bindMap(
            after
                .map(
                    place ->
                        Map.of(
                            "at", place.at().atOffset(ZoneOffset.UTC), "officer", place.officer()))
                .orElse(Map.of()))
        .map(
            (row, context) ->
                new Met(
                    new UserId(row.getObject("officer", UUID.class)),
                    row.getLong("encounters"),
                    row.getObject("last_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /** The place of an officer in the list of those met, for its cursor. */
  public static String placeOf(Met met) {
    return met.lastAt() + "/" + met.officer();
  }

  private record Place(Instant at, UUID officer) {
    // Beyond it lie times that PostgreSQL doesn't know.
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    static Place parse(String text) {
      int slash = text.indexOf('/');
      try {
        Instant at = Instant.parse(text.substring(0, Math.max(0, slash)));
        if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
          throw Cursor.malformed();
        }
        return new Place(at, Uuids.parse(text.substring(slash + 1)));
      } catch (DateTimeException | IllegalArgumentException e) {
        throw Cursor.malformed();
      }
    }
  }
}
