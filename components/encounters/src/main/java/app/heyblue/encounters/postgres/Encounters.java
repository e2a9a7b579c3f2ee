package app.heyblue.encounters.postgres;

import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Confirmed;
import app.heyblue.encounters.meeting.Encounter.Pending;
import app.heyblue.encounters.meeting.Encounter.Refused;
import app.heyblue.encounters.meeting.Proof;
import app.heyblue.encounters.meeting.Refusal;
import app.heyblue.encounters.meeting.Verdict;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.UserId;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The table of encounters. An encounter leaves {@code pending} once, for ever. */
@ApplicationScoped
public class Encounters {
  private static final String COLUMNS =
      """
      id, civilian, officer, proof, verdict, made_at, status, attempt, transaction_id,
      civilian_points, officer_points, quote, refusal::text as refusal
      """;
  private static final RowMapper<Encounter> ENCOUNTER = (row, context) -> encounter(row);

  /** What one officer sent under one key: the encounter that came of it, and the body's digest. */
  public record Sent(Encounter encounter, byte[] digest) {}

  /**
   * Records a scan as pending.
   *
   * @return false, and nothing is recorded, where the token or the officer's key was used before
   */
  public boolean insertScan(
      Handle tx, Encounter scan, UUID tokenId, IdempotencyKey key, byte[] digest) {
    return tx.createUpdate(
                """
                insert into encounters.encounter
                  (id, civilian, officer, proof, verdict, token_id, idempotency_key, request_digest,
                   status, made_at, attempt, tried_at)
                values (:id, :civilian, :officer, :proof, :verdict, :token, :key, :digest,
                  'pending', :at, 1, :at)
                on conflict do nothing
                """)
            .bind("id", scan.id())
            .bind("civilian", scan.civilian().value())
            .bind("officer", scan.officer().value())
            .bind("proof", scan.proof().toString())
            .bind("verdict", scan.verdict().toString())
            .bind("token", tokenId)
            .bind("key", key.value())
            .bind("digest", digest)
            .bind("at", utc(scan.madeAt()))
            .execute()
        == 1;
  }

  /**
   * Records an accepted request as pending.
   *
   * @return false, and nothing is recorded, where it is already
   */
  public boolean insertRequest(Handle tx, Encounter accepted) {
    return tx.createUpdate(
                """
                insert into encounters.encounter
                  (id, civilian, officer, proof, verdict, status, made_at, attempt, tried_at)
                values (:id, :civilian, :officer, :proof, :verdict, 'pending', :at, 1, :at)
                on conflict do nothing
                """)
            .bind("id", accepted.id())
            .bind("civilian", accepted.civilian().value())
            .bind("officer", accepted.officer().value())
            .bind("proof", accepted.proof().toString())
            .bind("verdict", accepted.verdict().toString())
            .bind("at", utc(accepted.madeAt()))
            .execute()
        == 1;
  }

  public Optional<Encounter> find(Handle tx, UUID id) {
    return tx.createQuery("select " + COLUMNS + " from encounters.encounter where id = :id")
        .bind("id", id)
        .map(ENCOUNTER)
        .findOne();
  }

  /** What came of a key of this officer's, if it was used. */
  public Optional<Sent> findSent(Handle tx, UserId officer, IdempotencyKey key) {
    return tx.createQuery(
            "select "
                + COLUMNS
                + """
                , request_digest from encounters.encounter
                where officer = :officer and idempotency_key = :key
                """)
        .bind("officer", officer.value())
        .bind("key", key.value())
        .map((row, context) -> new Sent(encounter(row), row.getBytes("request_digest")))
        .findOne();
  }

  /** Ends a pending encounter as paid; false where it has ended already. */
  public boolean confirm(Handle tx, UUID id, Confirmed confirmed, Instant now) {
    return tx.createUpdate(
                """
                update encounters.encounter
                set status = 'confirmed', ended_at = :now, transaction_id = :transaction,
                  civilian_points = :civilian, officer_points = :officer, quote = :quote
                where id = :id and status = 'pending'
                """)
            .bind("id", id)
            .bind("now", utc(now))
            .bind("transaction", confirmed.transactionId())
            .bind("civilian", confirmed.civilianPoints())
            .bind("officer", confirmed.officerPoints())
            .bind("quote", confirmed.quote())
            .execute()
        == 1;
  }

  /**
   * Ends a pending encounter as refused; false where it has ended already, or a later try than this
   * one is under way.
   */
  public boolean refuse(Handle tx, UUID id, int attempt, Refusal refusal, Instant now) {
    return tx.createUpdate(
                """
                update encounters.encounter
                set status = 'refused', ended_at = :now, refusal = :refusal::jsonb
                where id = :id and status = 'pending' and attempt = :attempt
                """)
            .bind("id", id)
            .bind("attempt", attempt)
            .bind("now", utc(now))
            .bind("refusal", json(refusal))
            .execute()
        == 1;
  }

  /** Begins another try to have a pending encounter paid; empty where it has ended. */
  public Optional<Encounter> tryAgain(Handle tx, UUID id, Instant now) {
    return tx.createQuery(
            """
            update encounters.encounter set tried_at = :now, attempt = attempt + 1
            where id = :id and status = 'pending' returning
            """
                + COLUMNS)
        .bind("id", id)
        .bind("now", utc(now))
        .map(ENCOUNTER)
        .findOne();
  }

  /**
   * Takes over pending encounters that nobody has tried since {@code before}, oldest first; no two
   * callers get the same one before another try is due.
   */
  public List<Encounter> takeOver(Handle tx, Instant before, Instant now, int limit) {
    return tx.createQuery(
            """
            update encounters.encounter set tried_at = :now, attempt = attempt + 1
            where id in (
              select id from encounters.encounter
              where status = 'pending' and tried_at <= :before
              order by tried_at limit :limit for update skip locked)
            returning
            """
                + COLUMNS)
        .bind("now", utc(now))
        .bind("before", utc(before))
        .bind("limit", limit)
        .map(ENCOUNTER)
        .list();
  }

  /** The encounters of a civilian, newest first, one more than the page shows. */
  public List<Encounter> ofCivilian(Handle tx, UserId civilian, PageRequest page) {
    return newest(tx, "civilian", civilian, page);
  }

  /** The encounters of an officer, newest first, one more than the page shows. */
  public List<Encounter> ofOfficer(Handle tx, UserId officer, PageRequest page) {
    return newest(tx, "officer", officer, page);
  }

  private static List<Encounter> newest(Handle tx, String column, UserId party, PageRequest page) {
    Optional<UUID> after = page.placeAsId();
    return tx.createQuery(
            "select %s from encounters.encounter where %s = :party %s order by id desc limit :limit"
                .formatted(COLUMNS, column, after.isPresent() ? "and id < :after" : ""))
        .bind("party", party.value())
        .bind("limit", page.limit() + 1)
        .bindMap(after.map(id -> Map.of("after", id)).orElse(Map.of()))
        .map(ENCOUNTER)
        .list();
  }

  private static Encounter encounter(ResultSet row) throws SQLException {
    return new Encounter(
        row.getObject("id", UUID.class),
        new UserId(row.getObject("civilian", UUID.class)),
        new UserId(row.getObject("officer", UUID.class)),
        Proof.parse(row.getString("proof")),
        Verdict.parse(row.getString("verdict")),
        row.getObject("made_at", OffsetDateTime.class).toInstant(),
        state(row));
  }

  private static Encounter.State state(ResultSet row) throws SQLException {
    String status = row.getString("status");
    return switch (status) {
      case "pending" -> new Pending(row.getInt("attempt"));
      case "confirmed" ->
          new Confirmed(
              row.getObject("transaction_id", UUID.class),
              row.getLong("civilian_points"),
              row.getLong("officer_points"),
              row.getString("quote"));
      case "refused" -> new Refused(refusal(row.getString("refusal")));
      default -> throw new IllegalStateException("an encounter can't be " + status);
    };
  }

  private static String json(Refusal refusal) {
    try {
      return Json.mapper().writeValueAsString(refusal);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Refusal refusal(String json) {
    try {
      return Json.mapper().readValue(json, Refusal.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept refusal can't be read", e);
    }
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
