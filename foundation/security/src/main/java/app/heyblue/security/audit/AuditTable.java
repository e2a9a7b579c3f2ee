package app.heyblue.security.audit;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table {@code security.audit}; a trigger refuses everything but inserts and reads. */
final class AuditTable {
  /** What {@link #read} reads, of a row {@code a}. */
  static final String COLUMNS =
      """
      a.id, a.at, a.actor, a.actor_kind, a.address_sealed, a.action, a.subject, a.outcome,
      a.details::text as details, a.request_id
      """;

  /** So far may a record's id and its time be apart. */
  private static final Duration SLACK = Duration.ofMinutes(1);

  private AuditTable() {}

  /** A row, its address still sealed. */
  record Row(
      UUID id,
      Instant at,
      @Nullable UUID actor,
      String actorKind,
      byte @Nullable [] addressSealed,
      String action,
      @Nullable String subject,
      String outcome,
      Map<String, String> details,
      @Nullable UUID requestId) {
    AuditLine.Content content() {
      return new AuditLine.Content(
          id,
          at,
          actor,
          actorKind,
          addressSealed == null ? null : Base64.getEncoder().encodeToString(addressSealed),
          action,
          subject,
          outcome,
          details,
          requestId);
    }
  }

  /** Appends records, and notes that they aren't on the chain yet. */
  static void insert(Handle tx, List<Row> rows) {
    tx.createUpdate(
            """
            with appended as (
              insert into security.audit
                (id, at, actor, actor_kind, address_sealed, action, subject, outcome, details,
                 request_id)
              select id, at::timestamptz, actor, kind, decode(address, 'hex'), action, subject, outcome,
                details::jsonb, request
              from unnest(:ids, :times, :actors, :kinds, :addresses, :actions, :subjects,
                :outcomes, :details, :requests)
                as u(id, at, actor, kind, address, action, subject, outcome, details, request)
              returning id)
            insert into security.audit_pending select id from appended
            """)
        .bindArray("ids", UUID.class, column(rows, Row::id))
        .bindArray("times", String.class, column(rows, row -> row.at().toString()))
        .bindArray("actors", UUID.class, column(rows, Row::actor))
        .bindArray("kinds", String.class, column(rows, Row::actorKind))
        .bindArray("addresses", String.class, column(rows, row -> hex(row.addressSealed())))
        .bindArray("actions", String.class, column(rows, Row::action))
        .bindArray("subjects", String.class, column(rows, Row::subject))
        .bindArray("outcomes", String.class, column(rows, Row::outcome))
        .bindArray("details", String.class, column(rows, row -> json(row.details())))
        .bindArray("requests", UUID.class, column(rows, Row::requestId))
        .execute();
  }

  private static <T extends @Nullable Object> List<T> column(
      List<Row> rows, Function<Row, T> value) {
    List<T> column = new ArrayList<>(rows.size());
    rows.forEach(row -> column.add(value.apply(row)));
    return column;
  }

  private static @Nullable String hex(byte @Nullable [] bytes) {
    return bytes == null ? null : HexFormat.of().formatHex(bytes);
  }

  /** Newest first. */
  static List<Row> find(Handle tx, AuditQuery wanted, Optional<UUID> before, int limit) {
    // Only the conditions that are there, so that each finds its index.
    Map<String, Object> values = new LinkedHashMap<>();
    StringBuilder where = new StringBuilder("where true");
    and(where, values, "actor = :actor", "actor", wanted.actor());
    and(where, values, "subject = :subject", "subject", wanted.subject());
    and(where, values, "action = :action", "action", wanted.action());
    and(where, values, "outcome = :outcome", "outcome", wanted.outcome());
    and(where, values, "id < :before", "before", before);
    and(where, values, "at >= :from", "from", wanted.from());
    and(where, values, "at < :to", "to", wanted.to());
    // Ids begin with the time, so that times find the primary key too.
    and(where, values, "id >= :fromId", "fromId", wanted.from().map(at -> id(at.minus(SLACK))));
    and(where, values, "id < :toId", "toId", wanted.to().map(at -> id(at.plus(SLACK))));
    return tx.createQuery(
            "select "
                + COLUMNS
                + " from security.audit a "
                + where
                + " order by id desc limit :limit")
        .bindMap(values)
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static <T> void and(
      StringBuilder where,
      Map<String, Object> values,
      String condition,
      String name,
      Optional<T> value) {
    value.ifPresent(
        known -> {
          where.append(" and ").append(condition);
          values.put(name, known);
        });
  }

  /** The least UUIDv7 (RFC 9562) of a moment. */
  private static UUID id(Instant at) {
    return new UUID(at.toEpochMilli() << 16 | 0x7000, 0x8000_0000_0000_0000L);
  }

  static Row read(ResultSet row) throws SQLException {
    return new Row(
        row.getObject("id", UUID.class),
        row.getTimestamp("at").toInstant(),
        row.getObject("actor", UUID.class),
        row.getString("actor_kind"),
        row.getBytes("address_sealed"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("outcome"),
        details(row.getString("details")),
        row.getObject("request_id", UUID.class));
  }

  private static String json(Map<String, String> details) {
    try {
      return Json.mapper().writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> details(String json) {
    try {
      return Json.mapper().readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
