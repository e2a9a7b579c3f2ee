package app.heyblue.rules.simulation;

import app.heyblue.messaging.BatchConsumer;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.postgres.HistoryTable;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keeps the decisions that moved points. Each leaves the same row however often it comes. */
@ApplicationScoped
public class HistoryConsumer implements BatchConsumer {
  private static final String RECORDED = "app.heyblue.transaction.recorded.v1";

  private final HistoryTable history;

  public HistoryConsumer(HistoryTable history) {
    this.history = history;
  }

  /** The members of a recorded transaction that matter here. */
  record Recorded(String kind, @Nullable UUID ruleId, JsonNode facts, JsonNode outcome) {}

  @Override
  public String name() {
    return "rules.history";
  }

  @Override
  public Stream stream() {
    return Stream.TRANSACTIONS;
  }

  @Override
  public void acceptAll(Handle tx, List<Event> events) {
    List<HistoryTable.Made> decisions =
        events.stream()
            .filter(event -> event.type().equals(RECORDED))
            .flatMap(event -> decision(event).stream())
            .toList();
    if (!decisions.isEmpty()) {
      history.add(tx, decisions);
    }
  }

  /** What no rule decided, such as a reversal, no other rule would decide either. */
  private static Optional<HistoryTable.Made> decision(Event event) {
    Recorded recorded = event.dataAs(Recorded.class);
    UUID rule = recorded.ruleId();
    return rule == null
        ? Optional.empty()
        : kind(recorded.kind())
            .map(
                kind ->
                    new HistoryTable.Made(
                        event.position(),
                        kind,
                        recorded.facts().toString(),
                        recorded.outcome().toString(),
                        rule));
  }

  private static Optional<RuleKind> kind(String transaction) {
    try {
      return Optional.of(RuleKind.parse(transaction));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
