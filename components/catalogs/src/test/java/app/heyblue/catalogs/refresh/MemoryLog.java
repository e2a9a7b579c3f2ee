package app.heyblue.catalogs.refresh;

import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;

/** The events that were committed, in the order of their commits. */
public final class MemoryLog implements EventLog {
  public final List<NewEvent> told = new CopyOnWriteArrayList<>();

  @Override
  public UUID append(Handle tx, Stream stream, NewEvent event) {
    tx.afterCommit(() -> told.add(event));
    return new UUID(0, told.size());
  }

  /** “listed” or “delisted” and the EIN of each. */
  public List<String> listings() {
    return told.stream()
        .map(event -> event.type().replaceAll("app.heyblue.charity.(.*).v1", "$1 ") + event.key())
        .toList();
  }
}
