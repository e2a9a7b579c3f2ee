package app.heyblue.scoring.chain;

import app.heyblue.messaging.BatchConsumer;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.scoring.domain.TransactionRecorded;
import app.heyblue.scoring.postgres.ChainTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Chains the recorded transactions in the order of their stream, which is that of their commits.
 * One that is in the chain stays where it is, so that a replay changes nothing.
 */
@ApplicationScoped
public class ChainConsumer implements BatchConsumer {
  private record Recorded(UUID transactionId) {}

  @Override
  public String name() {
    return "scoring.chain";
  }

  @Override
  public Stream stream() {
    return Stream.TRANSACTIONS;
  }

  @Override
  public void acceptAll(Handle tx, List<Event> events) {
    ChainTable.append(
        tx,
        events.stream()
            .filter(event -> event.type().equals(TransactionRecorded.TYPE))
            .map(event -> event.dataAs(Recorded.class).transactionId())
            .toList());
  }
}
