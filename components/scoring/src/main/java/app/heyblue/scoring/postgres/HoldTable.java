package app.heyblue.scoring.postgres;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.UserId;
import app.heyblue.rules.RuleRef;
import app.heyblue.scoring.Hold;
import app.heyblue.scoring.HoldStatus;
import app.heyblue.scoring.domain.Grounds;
import app.heyblue.scoring.domain.Limits.Bucket;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Holds, with the grounds on which their points will move and what they counted in. */
public final class HoldTable {
  private HoldTable() {}

  /** A hold and why, as it was decided. */
  public record Kept(Hold hold, Grounds grounds, List<Bucket> buckets) {}

  public static void insert(
      Handle tx, Hold hold, Grounds grounds, List<Bucket> buckets, Instant at) {
    RuleRef rule = grounds.rule();
    tx.createUpdate(
            """
            insert into scoring.hold (id, holder, merchant, points, held_until, placed_at, rule_id,
              rule_version, explanation, facts, outcome, buckets)
            values (:id, :holder, :merchant, :points, :until, :at, :rule, :version, :explanation,
              :facts::jsonb, :outcome::jsonb, :buckets::jsonb)
            """)
        .bind("id", hold.id())
        .bind("holder", hold.holder().value())
        .bind("merchant", hold.merchant().value())
        .bind("points", hold.points())
        .bind("until", OffsetDateTime.ofInstant(hold.until(), ZoneOffset.UTC))
        .bind("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .bind("rule", rule == null ? null : rule.ruleId())
        .bind("version", rule == null ? null : rule.version())
        .bindArray("explanation", String.class, grounds.explanation())
        .bind("facts", write(grounds.facts()))
        .bind("outcome", write(grounds.outcome()))
        .bind("buckets", write(buckets))
        .execute();
  }

  public static Optional<Kept> find(Handle tx, UUID id) {
    return tx.createQuery(
            """
            select id, holder, merchant, points, held_until, status, rule_id, rule_version,
              explanation, facts::text as facts, outcome::text as outcome,
              buckets::text as buckets
            from scoring.hold where id = :id
            """)
        .bind("id", id)
        .map((row, context) -> kept(row))
        .findOne();
  }

  /** Ends a hold that is placed; false where it ended before. */
  public static boolean end(Handle tx, UUID id, HoldStatus status) {
    return tx.createUpdate(
                "update scoring.hold set status = :status where id = :id and status = 'placed'")
            .bind("id", id)
            .bind("status", status.name().toLowerCase(Locale.ROOT))
            .execute()
        == 1;
  }

  /** Some of the holds whose time is over. */
  public static List<UUID> due(Handle tx, Instant at, int limit) {
    return tx.createQuery(
            """
            select id from scoring.hold where status = 'placed' and held_until <= :at
            order by held_until limit :limit
            """)
        .bind("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
        .bind("limit", limit)
        .mapTo(UUID.class)
        .list();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    UUID rule = row.getObject("rule_id", UUID.class);
    return new Kept(
        new Hold(
            row.getObject("id", UUID.class),
            new UserId(row.getObject("holder", UUID.class)),
            new UserId(row.getObject("merchant", UUID.class)),
            row.getLong("points"),
            row.getObject("held_until", OffsetDateTime.class).toInstant(),
            HoldStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT))),
        new Grounds(
            rule == null ? null : new RuleRef(rule, row.getInt("rule_version")),
            List.of((String[]) row.getArray("explanation").getArray()),
            read(row.getString("facts"), new TypeReference<>() {}),
            read(row.getString("outcome"), new TypeReference<>() {})),
        read(row.getString("buckets"), new TypeReference<>() {}));
  }

  private static String write(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
