package app.heyblue.scoring.ledger;

import app.heyblue.kernel.Reading;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Head;
import app.heyblue.scoring.postgres.ChainTable;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is written into the books of this process, and how far their chain is. */
@ApplicationScoped
class LedgerMeters {
  private static final Map<TransactionKind, LongAdder> RECORDED = counters();

  private final Reading<Lengths> lengths;

  LedgerMeters(Database database) {
    this.lengths =
        new Reading<>(
            "ledger",
            () ->
                database.read(
                    tx ->
                        new Lengths(
                            ChainTable.end(tx).position(),
                            ChainTable.newestHead(tx).map(Head::position).orElse(0L))));
  }

  private record Lengths(long chained, long signed) {}

  private static Map<TransactionKind, LongAdder> counters() {
    Map<TransactionKind, LongAdder> counters = new EnumMap<>(TransactionKind.class);
    for (TransactionKind kind : TransactionKind.values()) {
      counters.put(kind, new LongAdder());
    }
    return counters;
  }

  /** A transaction of this kind was committed. */
  static void recorded(TransactionKind kind) {
    LongAdder counter = RECORDED.get(kind);
    if (counter != null) {
      counter.increment();
    }
  }

  void start(@Observes @Priority(500) StartupEvent event, MeterRegistry meters) {
    RECORDED.forEach(
        (kind, count) ->
            FunctionCounter.builder("heyblue.ledger.transactions", count, LongAdder::sum)
                .tag("kind", kind.toString())
                .description("Transactions that this process has committed")
                .register(meters));
    Gauge.builder("heyblue.ledger.chained", () -> lengths.figure(Lengths::chained))
        .description("How many transactions are in the chain")
        .register(meters);
    Gauge.builder("heyblue.ledger.unsigned", () -> lengths.figure(l -> l.chained() - l.signed()))
        .description("How many of those the newest signed head doesn't cover yet")
        .register(meters);
  }
}
