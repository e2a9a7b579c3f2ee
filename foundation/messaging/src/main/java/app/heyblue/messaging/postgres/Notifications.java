package app.heyblue.messaging.postgres;

import app.heyblue.messaging.Stream;
import app.heyblue.messaging.signals.Wakeups;
import app.heyblue.postgres.Database;
import java.sql.SQLException;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Wakes the readers of other processes, by LISTEN and NOTIFY. Only the sequencer and administrators
 * notify, never a writer.
 */
public final class Notifications {
  private static final Logger LOG = Logger.getLogger(Notifications.class);
  private static final String CHANNEL = "heyblue_streams";
  private static final String STOP = " stop";
  // How long a connection that died without a word can go unnoticed; the readers' own looking
  // bridges it.
  private static final int CHECK_MILLIS = 10_000;

  private final Database database;
  private final Wakeups wakeups;
  private final String process;
  private volatile boolean stopped;

  /**
   * @param process tells this process's notifications from others'
   */
  public Notifications(Database database, Wakeups wakeups, UUID process) {
    this.database = database;
    this.wakeups = wakeups;
    this.process = process.toString();
  }

  /**
   * Tells every process, when this transaction commits, that the stream has grown, or that there is
   * work.
   */
  public void grown(Handle tx, Stream stream) {
    tx.afterCommit(() -> wakeups.grown(stream));
    notify(tx, process + " " + stream);
  }

  private static void notify(Handle tx, String message) {
    tx.createQuery("select pg_notify(:channel, :message)::text")
        .bind("channel", CHANNEL)
        .bind("message", message)
        .mapTo(String.class)
        .one();
  }

  /** Ends the listening of this process. */
  public void stopListening() {
    stopped = true;
    try {
      database.useTransaction(tx -> notify(tx, process + STOP));
    } catch (JdbiException e) {
      LOG.debug("the database is away, and the listening connection with it", e);
    }
  }

  /** Listens on a connection of its own until that fails, or until {@link #stopListening}. */
  public void listen(Runnable listening) throws SQLException {
    try (Handle handle = database.open()) {
      try {
        handle.execute("listen " + CHANNEL);
        listening.run();
        PGConnection connection = handle.getConnection().unwrap(PGConnection.class);
        for (Stream stream : Stream.values()) {
          wakeups.grown(stream); // what was told before we listened
        }
        while (!stopped) {
          PGNotification[] notifications = connection.getNotifications(CHECK_MILLIS);
          if (notifications == null || notifications.length == 0) {
            handle.execute("select 1");
          } else {
            for (PGNotification notification : notifications) {
              hear(notification.getParameter());
            }
          }
        }
      } finally {
        leave(handle);
      }
    }
  }

  private void hear(String message) {
    int space = message.indexOf(' ');
    if (space < 0 || message.substring(0, space).equals(process)) {
      return;
    }
    try {
      wakeups.grown(Stream.parse(message.substring(space + 1)));
    } catch (IllegalArgumentException e) {
      LOG.debugf("a newer version notifies of %s", message);
    }
  }

  /** Leaves the connection as it was; a broken one shows itself to the pool by failing. */
  private static void leave(Handle handle) {
    try {
      handle.execute("unlisten *");
    } catch (JdbiException e) {
      LOG.debug("the listening connection is gone", e);
    }
  }
}
