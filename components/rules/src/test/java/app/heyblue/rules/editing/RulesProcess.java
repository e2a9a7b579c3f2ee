package app.heyblue.rules.editing;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.rules.Decision;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.deciding.ActiveRules;
import app.heyblue.rules.deciding.DecidingRules;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleInput;
import app.heyblue.rules.postgres.RuleRepository;
import app.heyblue.security.Audit;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The rules of one process, with a stopwatch that the test moves. */
final class RulesProcess {
  static final UserId ADMIN = UserId.parse("01980000-0000-7000-8000-000000000001");

  private final AtomicLong nanos = new AtomicLong();
  private final List<String> audited = new ArrayList<>();
  final RuleRepository repository = new RuleRepository();
  final RuleEditor editor;
  final DecidingRules rules;
  final ShippedRules shipped;

  RulesProcess(Database database) {
    Clock clock = Clock.systemUTC();
    IdGenerator ids = KernelBeans.timeOrdered(clock, new SecureRandom());
    Audit audit = (tx, action, subject, details) -> audited.add(action + " " + subject);
    ActiveRules active = new ActiveRules(database, repository, nanos::get);
    this.editor = new RuleEditor(database, repository, active, audit, ids, clock);
    this.rules = new DecidingRules(active);
    this.shipped = new ShippedRules(database, repository, active, audit, clock);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  List<String> audited() {
    return audited;
  }

  Rule create(String name, String when, String allowed) {
    return editor.create(
        new RuleInput(
            name,
            RuleKind.DONATION,
            when,
            new HashMap<String, @Nullable String>(Map.of("allowed", allowed)),
            10,
            null,
            null,
            null),
        ADMIN);
  }

  Rule patch(Rule rule, @Nullable String ifMatch, String patch) throws JsonProcessingException {
    return editor.patch(rule.id(), ifMatch, (ObjectNode) Json.mapper().readTree(patch), ADMIN);
  }

  Decision decide(long points) {
    return rules.decide(
        RuleKind.DONATION,
        Map.of(
            "giver", "01980000-0000-7000-8000-00000000000a",
            "giverKind", "civilian",
            "recipient", "01980000-0000-7000-8000-00000000000b",
            "recipientKind", "charity",
            "points", points,
            "at", Clock.systemUTC().instant(),
            "timeZone", "UTC"));
  }
}
