package app.heyblue.messaging.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Keeps the log short: one line when the database goes away, one when it is back. */
public final class Troubles {
  private static final Logger LOG = Logger.getLogger(Troubles.class);

  private final Set<String> cutOff = ConcurrentHashMap.newKeySet();
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  /** A worker's turn failed; it will try again. */
  synchronized void met(String worker, Throwable failure) {
    if (Failures.isDatabaseAway(failure)) {
      if (cutOff.add(worker) && cutOff.size() == 1) {
        LOG.warnf(
            "The database is away (%s); the streams go on when it is back",
            Failures.describe(failure));
      }
    } else if (failing.add(worker)) {
      LOG.errorf(failure, "%s fails, and goes on trying", worker);
    }
  }

  /** A worker's turn succeeded. */
  public void over(String worker) {
    if (cutOff.contains(worker) || failing.contains(worker)) {
      recovered(worker);
    }
  }

  private synchronized void recovered(String worker) {
    if (cutOff.remove(worker) && cutOff.isEmpty()) {
      LOG.info("The database is back; the streams go on");
    }
    if (failing.remove(worker)) {
      LOG.infof("%s works again", worker);
    }
  }
}
