package app.heyblue.security.audit;

import app.heyblue.kernel.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table {@code security.audit}; a trigger refuses everything but inserts and reads. */
final class AuditTable {
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
      @Nullable UUID requestId) {}

  static void insert(Handle tx, Row row) {
    tx.createUpdate(
            """
            insert into security.audit
              (id, at, actor, actor_kind, address_sealed, action, subject, outcome, details, request_id)
            values
              (:id, :at, :actor, :kind, :address, :action, :subject, :outcome, :details::jsonb, :request)
            """)
        .bind("id", row.id())
        .bind("at", row.at())
        .bind("actor", row.actor())
        .bind("kind", row.actorKind())
        .bind("address", row.addressSealed())
        .bind("action", row.action())
        .bind("subject", row.subject())
        .bind("outcome", row.outcome())
        .bind("details", json(row.details()))
        .bind("request", row.requestId())
        .execute();
  }

  /** Newest first. */
  static List<Row> find(
      Handle tx, Optional<UUID> actor, Optional<String> subject, Optional<UUID> before, int limit) {
    return tx.createQuery(
            """
            select id, at, actor, actor_kind, address_sealed, action, subject, outcome,
                   details::text as details, request_id
            from security.audit
            where (:actor::uuid is null or actor = :actor)
              and (:subject::text is null or subject = :subject)
              and (:before::uuid is null or id < :before)
            order by id desc limit :limit
            """)
        .bind("actor", actor.orElse(null))
        .bind("subject", subject.orElse(null))
        .bind("before", before.orElse(null))
        .bind("limit", limit)
        .map((row, context) -> read(row))
        .list();
  }

  private static Row read(ResultSet row) throws SQLException {
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
