package app.heyblue.rules.editing;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ETags;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.rules.deciding.ActiveRules;
import app.heyblue.rules.domain.ContentCheck;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleInput;
import app.heyblue.rules.domain.RuleStatus;
import app.heyblue.rules.domain.RuleVersion;
import app.heyblue.rules.postgres.RuleRepository;
import app.heyblue.security.Audit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes and changes rules. Every change leaves a record in the audit trail, and decides at once in
 * this process, and within a second in others.
 */
@ApplicationScoped
public class RuleEditor {
  private final Database database;
  private final RuleRepository repository;
  private final ActiveRules active;
  private final Audit audit;
  private final IdGenerator ids;
  private final Clock clock;

  public RuleEditor(
      Database database,
      RuleRepository repository,
      ActiveRules active,
      Audit audit,
      IdGenerator ids,
      Clock clock) {
    this.database = database;
    this.repository = repository;
    this.active = active;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Makes a draft, version 1.
   *
   * @throws ProblemException ({@code invalid-input}) as {@link ContentCheck#check}
   */
  public Rule create(RuleInput input, UserId author) {
    RuleContent content = ContentCheck.check(input);
    Instant now = now();
    UUID id = ids.next();
    Rule rule =
        new Rule(id, RuleStatus.DRAFT, new RuleVersion(id, 1, content, author, now), now, now);
    return change(
        tx -> {
          repository.insert(tx, rule);
          audit.record(tx, "rule.created", id.toString(), Map.of());
          return rule;
        });
  }

  /**
   * Makes the next version by JSON Merge Patch (RFC 7396). That of an active rule decides at once.
   * A patch that changes nothing makes no version.
   *
   * @param ifMatch the ETag of the version that the author read
   * @throws ProblemException ({@code not-found}, {@code precondition-required}, {@code stale},
   *     {@code invalid-input})
   * @throws JsonProcessingException where the patched rule has unknown fields or wrong types
   */
  public Rule patch(UUID id, @Nullable String ifMatch, ObjectNode patch, UserId author)
      throws JsonProcessingException {
    return change(
        tx -> {
          Rule rule = locked(tx, id);
          ETags.requireMatch(ifMatch, rule.current().version());
          RuleContent before = rule.current().content();
          RuleContent after = ContentCheck.check(patched(before, patch));
          if (after.kind() != before.kind()) {
            throw ProblemException.invalid(
                "/kind", "A rule's kind can't change. Make another rule, and retire this one.");
          }
          if (after.equals(before)) {
            return rule;
          }
          RuleVersion next =
              new RuleVersion(id, rule.current().version() + 1, after, author, now());
          repository.addVersion(tx, next);
          repository.announceChange(tx);
          audit.record(
              tx, "rule.changed", id.toString(), Map.of("version", String.valueOf(next.version())));
          return new Rule(id, rule.status(), next, rule.createdAt(), next.at());
        });
  }

  /**
   * Makes a rule decide: a draft, or a retired one again. An active one stays as it is.
   *
   * @throws ProblemException ({@code not-found})
   */
  public Rule activate(UUID id) {
    return change(
        tx -> {
          Rule rule = locked(tx, id);
          return switch (rule.status()) {
            case ACTIVE -> rule;
            case DRAFT, RETIRED -> moved(tx, rule, RuleStatus.ACTIVE, "rule.activated");
          };
        });
  }

  /**
   * Makes a rule decide no longer, or gives up a draft. A retired one stays as it is.
   *
   * @throws ProblemException ({@code not-found})
   */
  public Rule retire(UUID id) {
    return change(
        tx -> {
          Rule rule = locked(tx, id);
          return switch (rule.status()) {
            case RETIRED -> rule;
            case ACTIVE, DRAFT -> moved(tx, rule, RuleStatus.RETIRED, "rule.retired");
          };
        });
  }

  private Rule moved(Handle tx, Rule rule, RuleStatus status, String action) {
    Instant now = now();
    repository.setStatus(tx, rule.id(), status, now);
    repository.announceChange(tx);
    audit.record(
        tx,
        action,
        rule.id().toString(),
        Map.of("version", String.valueOf(rule.current().version())));
    return new Rule(rule.id(), status, rule.current(), rule.createdAt(), now);
  }

  private <X extends Exception> Rule change(Database.Work<Rule, X> work) throws X {
    Rule changed = database.inTransaction(work);
    active.changed();
    return changed;
  }

  private Rule locked(Handle tx, UUID id) {
    repository.lock(tx);
    return repository
        .find(tx, id)
        .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("There is no rule with this id."));
  }

  private static RuleInput patched(RuleContent content, ObjectNode patch)
      throws JsonProcessingException {
    ObjectMapper mapper = Json.mapper();
    JsonNode merged = MergePatch.apply(mapper.valueToTree(RuleInput.of(content)), patch);
    return mapper.treeToValue(merged, RuleInput.class);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
