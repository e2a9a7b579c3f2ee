package app.heyblue.messaging;

import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** An idempotent consumer that writes down what it hears; a test can make it fail. */
final class Listener implements StreamConsumer {
  private final String name;
  private final boolean admits;
  private volatile Consumer<Event> afterwards = event -> {};

  Listener(String name) {
    this(name, false);
  }

  Listener(String name, boolean admits) {
    this.name = name;
    this.admits = admits;
  }

  /** Does this after each write, in the same transaction. */
  Listener afterwards(Consumer<Event> action) {
    afterwards = action;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Stream stream() {
    return Stream.USERS;
  }

  @Override
  public boolean admitsParties() {
    return admits;
  }

  @Override
  public void accept(Handle tx, Event event) {
    tx.createUpdate(
            """
            insert into heard (consumer, position, id, key, number)
            values (:consumer, :position, :id, :key, :number)
            on conflict (consumer, position) do update set deliveries = heard.deliveries + 1
            """)
        .bind("consumer", name)
        .bind("position", event.position())
        .bind("id", event.id())
        .bind("key", event.key())
        .bind("number", event.dataAs(Town.Told.class).number())
        .execute();
    afterwards.accept(event);
  }
}
