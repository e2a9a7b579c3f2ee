package app.heyblue.rules.postgres;

import app.heyblue.kernel.Json;
import app.heyblue.rules.RuleKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The decisions that moved points, in the order of the transactions stream. */
@ApplicationScoped
public class HistoryTable {
  /**
   * A decision that moved points.
   *
   * @param facts what the rules were asked, as JSON has it
   * @param outcome what was paid, by the outcome's name
   */
  public record Past(
      long position, Instant at, Map<String, Object> facts, Map<String, Long> outcome, UUID rule) {}

  /**
   * A decision to keep.
   *
   * @param facts what the rules were asked, as JSON
   */
  public record Made(long position, RuleKind kind, String facts, String outcome, UUID rule) {}

  /** Keeps decisions; one that is kept already stays as it is. */
  public void add(Handle tx, List<Made> decisions) {
    tx.createUpdate(
            """
            insert into rules.history (position, kind, at, facts, outcome, rule_id)
            select position, kind, (facts::jsonb ->> 'at')::timestamptz, facts::jsonb,
              outcome::jsonb, rule
            from unnest(:positions, :kinds, :facts, :outcomes, :rules)
              as u(position, kind, facts, outcome, rule)
            on conflict (position) do nothing
            """)
        .bindArray("positions", Long.class, decisions.stream().map(Made::position).toList())
        .bindArray(
            "kinds", String.class, decisions.stream().map(made -> made.kind().toString()).toList())
        .bindArray("facts", String.class, decisions.stream().map(Made::facts).toList())
        .bindArray("outcomes", String.class, decisions.stream().map(Made::outcome).toList())
        .bindArray("rules", UUID.class, decisions.stream().map(Made::rule).toList())
        .execute();
  }

  /** How many there are of a kind in a span of time, its end excluded. */
  public long count(Handle tx, RuleKind kind, Instant from, Instant to) {
    return tx.createQuery(
            """
            select count(*) from rules.history where kind = :kind and at >= :from and at < :to
            """)
        .bind("kind", kind.toString())
        .bind("from", time(from))
        .bind("to", time(to))
        .mapTo(Long.class)
        .one();
  }

  /** The next ones of a kind in a span of time, by time and then position. */
  public List<Past> after(
      Handle tx, RuleKind kind, Instant from, Instant to, long position, int most) {
    return tx.createQuery(
            """
            select position, at, facts::text, outcome::text, rule_id from rules.history
            where kind = :kind and (at, position) > (:from, :position) and at < :to
            order by at, position limit :most
            """)
        .bind("kind", kind.toString())
        .bind("from", time(from))
        .bind("position", position)
        .bind("to", time(to))
        .bind("most", most)
        .map((row, context) -> past(row))
        .list();
  }

  private static Past past(ResultSet row) throws SQLException {
    return new Past(
        row.getLong("position"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        read(row.getString("facts"), new TypeReference<Map<String, Object>>() {}),
        read(row.getString("outcome"), new TypeReference<Map<String, Long>>() {}),
        row.getObject("rule_id", UUID.class));
  }

  private static OffsetDateTime time(Instant at) {
    return at.atOffset(ZoneOffset.UTC);
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept decision can't be read", e);
    }
  }
}
