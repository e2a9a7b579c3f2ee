package app.heyblue.encounters.paying;

import app.heyblue.encounters.meeting.Encounter;
import app.heyblue.encounters.meeting.Encounter.Confirmed;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.Alerts;
import app.heyblue.scoring.Scoring;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells the two of a paid meeting, once, beside the request that had it paid: the answer doesn't
 * wait for it, and what can't be told now is dropped.
 */
@ApplicationScoped
public class Celebrations {
  private static final Logger LOG = Logger.getLogger(Celebrations.class);
  private static final int AT_ONCE = 2;

  /** More than two tellers get through in the 5 seconds within which it's news. */
  private static final int MOST_WAITING = 10_000;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final Scoring scoring;
  private final Alerts alerts;
  private final Executor tellers;

  @Inject
  public Celebrations(Scoring scoring, Alerts alerts) {
    this(scoring, alerts, tellers());
  }

  /** With a way to run what tells. */
  public Celebrations(Scoring scoring, Alerts alerts, Executor tellers) {
    this.scoring = scoring;
    this.alerts = alerts;
    this.tellers = tellers;
  }

  private static Executor tellers() {
    ThreadPoolExecutor tellers =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofVirtual().name("heyblue-celebrations").factory(),
            new ThreadPoolExecutor.DiscardPolicy());
    tellers.allowCoreThreadTimeOut(true);
    return tellers;
  }

  /** Tells both soon; never fails. */
  void celebrate(Encounter meeting, Confirmed paid) {
    tellers.execute(
        () -> {
          tell(meeting, meeting.civilian(), paid.civilianPoints(), paid.officerPoints(), paid);
          tell(meeting, meeting.officer(), paid.officerPoints(), paid.civilianPoints(), paid);
        });
  }

  private void tell(Encounter meeting, UserId party, long own, long others, Confirmed paid) {
    try {
      long balance = scoring.balance(party).points();
      alerts.tell(
          party, new Alert.EncounterConfirmed(meeting.id(), paid.quote(), own, others, balance));
    } catch (RuntimeException untold) {
      LOG.warnf("That encounter %s is paid couldn't be told: %s", meeting.id(), untold);
    }
  }
}
