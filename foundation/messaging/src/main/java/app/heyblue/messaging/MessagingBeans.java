package app.heyblue.messaging;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.messaging.postgres.Notifications;
import app.heyblue.messaging.signals.Progress;
import app.heyblue.messaging.signals.Wakeups;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.SchemaMigrations;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** The server's streams: made for whoever tells or hears, started last, stopped first. */
@ApplicationScoped
class MessagingBeans {
  @Produces
  @Singleton
  SchemaMigrations messagingMigrations() {
    return new SchemaMigrations("messaging");
  }

  @Produces
  @Singleton
  StreamEngine engine(Database database, Clock clock, IdGenerator ids) {
    return new StreamEngine(database, clock, ids);
  }

  @Produces
  @Singleton
  EventLog log(StreamEngine engine) {
    return engine.log();
  }

  @Produces
  @Singleton
  Streams streams(StreamEngine engine) {
    return engine.streams();
  }

  @Produces
  @Singleton
  Progress progress(StreamEngine engine) {
    return engine.progress();
  }

  @Produces
  @Singleton
  Wakeups wakeups(StreamEngine engine) {
    return engine.wakeups();
  }

  @Produces
  @Singleton
  Notifications notifications(StreamEngine engine) {
    return engine.notifications();
  }

  void start(
      @Observes @Priority(1000) StartupEvent event,
      StreamEngine engine,
      @All List<StreamConsumer> consumers) {
    engine.start(consumers);
  }

  void stop(@Observes @Priority(10) ShutdownEvent event, StreamEngine engine) {
    engine.close();
  }
}
