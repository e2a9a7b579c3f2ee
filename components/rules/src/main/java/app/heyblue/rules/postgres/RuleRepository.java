package app.heyblue.rules.postgres;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.UserId;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.Limit;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleStatus;
import app.heyblue.rules.domain.RuleVersion;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads and writes rules; each call in the caller's transaction. */
@ApplicationScoped
public class RuleRepository {
  private static final String RULES =
      """
      select r.id, r.kind, r.status, r.created_at, r.changed_at, v.version, v.name, v.condition,
             v.outcomes::text, v.priority, v.valid_from, v.valid_until, v.limits::text, v.author, v.at
      from rules.rule r join rules.rule_version v on v.rule_id = r.id
      """;

  /** The number that every change counts up. */
  public long revision(Handle tx) {
    return tx.createQuery("select number from rules.revision").mapTo(Long.class).one();
  }

  /** From here to the commit nobody else changes rules. */
  public void lock(Handle tx) {
    tx.execute("select number from rules.revision for update");
  }

  /** Counts up, so that every process reads the active rules anew. */
  public void announceChange(Handle tx) {
    tx.execute("update rules.revision set number = number + 1");
  }

  public boolean isEmpty(Handle tx) {
    return tx.createQuery("select not exists (select from rules.rule)").mapTo(Boolean.class).one();
  }

  /** Inserts a rule with its first version. */
  public void insert(Handle tx, Rule rule) {
    tx.createUpdate(
            """
            insert into rules.rule (id, kind, status, version, created_at, changed_at)
            values (:id, :kind, :status, :version, :createdAt, :changedAt)
            """)
        .bind("id", rule.id())
        .bind("kind", rule.current().content().kind().toString())
        .bind("status", rule.status().toString())
        .bind("version", rule.current().version())
        .bind("createdAt", rule.createdAt())
        .bind("changedAt", rule.changedAt())
        .execute();
    insertVersion(tx, rule.current());
  }

  /** Adds a version and makes it the current one. */
  public void addVersion(Handle tx, RuleVersion version) {
    insertVersion(tx, version);
    tx.createUpdate("update rules.rule set version = :version, changed_at = :at where id = :id")
        .bind("version", version.version())
        .bind("at", version.at())
        .bind("id", version.ruleId())
        .execute();
  }

  public void setStatus(Handle tx, UUID id, RuleStatus status, Instant at) {
    tx.createUpdate("update rules.rule set status = :status, changed_at = :at where id = :id")
        .bind("status", status.toString())
        .bind("at", at)
        .bind("id", id)
        .execute();
  }

  public Optional<Rule> find(Handle tx, UUID id) {
    return tx.createQuery(RULES + " where v.version = r.version and r.id = :id")
        .bind("id", id)
        .map((row, context) -> rule(row))
        .findOne();
  }

  /** All active rules, in no order. */
  public List<Rule> active(Handle tx) {
    return tx.createQuery(RULES + " where v.version = r.version and r.status = 'active'")
        .map((row, context) -> rule(row))
        .list();
  }

  /** Rules by id, one more than the page shows; of one kind and status where given. */
  public List<Rule> list(
      Handle tx, @Nullable RuleKind kind, @Nullable RuleStatus status, PageRequest page) {
    return tx.createQuery(
            RULES
                + """
                  where v.version = r.version
                    and (:kind::text is null or r.kind = :kind)
                    and (:status::text is null or r.status = :status)
                    and (:after::uuid is null or r.id > :after)
                  order by r.id limit :limit
                  """)
        .bind("kind", kind == null ? null : kind.toString())
        .bind("status", status == null ? null : status.toString())
        .bind("after", page.placeAsId().orElse(null))
        .bind("limit", page.limit() + 1)
        .map((row, context) -> rule(row))
        .list();
  }

  /** A rule's versions from the first on, one more than the page shows. */
  public List<RuleVersion> versions(Handle tx, UUID id, PageRequest page) {
    return tx.createQuery(
            RULES
                + """
                  where r.id = :id and v.version > :after
                  order by v.version limit :limit
                  """)
        .bind("id", id)
        .bind("after", page.placeAsLong().orElse(0L))
        .bind("limit", page.limit() + 1)
        .map((row, context) -> version(row))
        .list();
  }

  private static void insertVersion(Handle tx, RuleVersion version) {
    RuleContent content = version.content();
    tx.createUpdate(
            """
            insert into rules.rule_version (rule_id, version, name, condition, outcomes, priority,
              valid_from, valid_until, limits, author, at)
            values (:rule, :version, :name, :condition, :outcomes::jsonb, :priority,
              :validFrom, :validUntil, :limits::jsonb, :author, :at)
            """)
        .bind("rule", version.ruleId())
        .bind("version", version.version())
        .bind("name", content.name())
        .bind("condition", content.when())
        .bind("outcomes", json(content.then()))
        .bind("priority", content.priority())
        .bindByType("validFrom", content.validFrom(), Instant.class)
        .bindByType("validUntil", content.validUntil(), Instant.class)
        .bind("limits", json(content.limits()))
        .bindByType("author", author(version.author()), UUID.class)
        .bind("at", version.at())
        .execute();
  }

  private static @Nullable UUID author(@Nullable UserId author) {
    return author == null ? null : author.value();
  }

  private static Rule rule(ResultSet row) throws SQLException {
    return new Rule(
        row.getObject("id", UUID.class),
        RuleStatus.parse(row.getString("status")),
        version(row),
        time(row, "created_at"),
        time(row, "changed_at"));
  }

  private static RuleVersion version(ResultSet row) throws SQLException {
    UUID author = row.getObject("author", UUID.class);
    return new RuleVersion(
        row.getObject("id", UUID.class),
        row.getInt("version"),
        new RuleContent(
            row.getString("name"),
            RuleKind.parse(row.getString("kind")),
            row.getString("condition"),
            read(row.getString("outcomes"), new TypeReference<Map<String, String>>() {}),
            row.getInt("priority"),
            optionalTime(row, "valid_from"),
            optionalTime(row, "valid_until"),
            read(row.getString("limits"), new TypeReference<List<Limit>>() {})),
        author == null ? null : new UserId(author),
        time(row, "at"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant optionalTime(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static String json(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T read(String json, TypeReference<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept rule can't be read", e);
    }
  }
}
