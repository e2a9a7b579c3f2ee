package app.heyblue.onboarding.applications;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.Streams;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.OnboardingConfig;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Conclusion;
import app.heyblue.onboarding.domain.Finding;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.postgres.ApplicationSteps;
import app.heyblue.onboarding.postgres.ApplicationTable;
import app.heyblue.onboarding.postgres.FindingTable;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.NewIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The steps that need nobody: verifying, making the credentials and telling the event, activating.
 *
 * <p>What a step does elsewhere (asking validators, making and enabling credentials) comes first,
 * without a transaction, and can be repeated without harm. Then one transaction locks the row and,
 * if it still stands where it stood, moves it on: after a crash the step is repeated, and of two
 * processes at one step one moves it.
 */
@ApplicationScoped
class Steps {
  private static final Logger LOG = Logger.getLogger(Steps.class);

  private final Database database;
  private final Clock clock;
  private final OnboardingConfig config;
  private final Verification verification;
  private final Claims claims;
  private final PersonalTexts texts;
  private final JoiningEvents joining;
  private final IdentityProvider identities;
  private final EventLog events;
  private final Mail mail;
  private final Streams streams;
  private final Audit audit;

  Steps(
      Database database,
      Clock clock,
      OnboardingConfig config,
      Verification verification,
      Claims claims,
      PersonalTexts texts,
      JoiningEvents joining,
      IdentityProvider identities,
      EventLog events,
      Mail mail,
      Streams streams,
      Audit audit) {
    this.database = database;
    this.clock = clock;
    this.config = config;
    this.verification = verification;
    this.claims = claims;
    this.texts = texts;
    this.joining = joining;
    this.identities = identities;
    this.events = events;
    this.mail = mail;
    this.streams = streams;
    this.audit = audit;
  }

  /** Takes an application's next step; false where there is none now, or it failed. */
  boolean advance(UUID id) {
    try {
      return database.read(tx -> ApplicationTable.find(tx, id)).filter(this::step).isPresent();
    } catch (ClaimedMeanwhile e) {
      return true;
    } catch (RuntimeException e) {
      LOG.errorf(e, "A step of the application %s failed; it will be repeated", id);
      database.useTransaction(tx -> ApplicationSteps.postpone(tx, id, clock.instant()));
      return false;
    }
  }

  private boolean step(Application application) {
    return switch (application.status()) {
      case VERIFYING ->
          texts
              .form(application)
              .map(form -> verify(application, form))
              .orElseGet(() -> drop(application));
      case APPROVED ->
          texts
              .form(application)
              .map(form -> admit(application, form))
              .orElseGet(() -> drop(application));
      case ADMITTED -> activate(application);
      case AWAITING_EMAIL, NEEDS_REVIEW, ACTIVE, REJECTED -> false;
    };
  }

  private boolean verify(Application application, Form form) {
    List<Finding> known =
        texts.opened(application, database.read(tx -> FindingTable.of(tx, application.id())));
    return switch (verification.verify(form.candidate(), known)) {
      case Verification.Outcome.Verified(List<Finding> findings) ->
          settle(application, form, findings, false);
      case Verification.Outcome.Undecided(List<Finding> findings) ->
          settle(application, form, findings, true);
      case Verification.Outcome.Rejected(List<Finding> findings, String reason) ->
          reject(application, form, findings, reason);
      case Verification.Outcome.Unavailable(List<Finding> findings) ->
          isPatienceOver(application)
              ? settle(application, form, findings, true)
              : await(application, findings);
    };
  }

  private boolean settle(
      Application application, Form form, List<Finding> findings, boolean undecided) {
    Bytes claim = claims.of(form);
    if (claim == null || !database.read(tx -> ApplicationTable.isClaimed(tx, claim))) {
      return undecided
          ? sendToReview(application, form, claim, findings)
          : approve(application, claim, findings);
    }
    String name = Claims.nameOf(form.kind());
    if (form.kind() == PartyKind.CHARITY) {
      return reject(
          application,
          form,
          findings,
          "Somebody has joined with this " + name + " already. If it wasn't you, write to us.");
    }
    List<Finding> more = new ArrayList<>(findings);
    more.add(
        new Finding(
            "one party each",
            Conclusion.UNDECIDED,
            "Somebody else has joined with this " + name + " already.",
            clock.instant(),
            0,
            1));
    return sendToReview(application, form, claim, more);
  }

  private boolean isPatienceOver(Application application) {
    Instant since = application.unavailableSince();
    return since != null && !clock.instant().isBefore(since.plus(config.validatorPatience()));
  }

  /** Asks again later who didn't answer. */
  private boolean await(Application application, List<Finding> findings) {
    List<FindingTable.Row> rows = texts.sealed(application.userId(), findings);
    move(
        application,
        "application.waits",
        tx -> {
          ApplicationSteps.await(tx, application.id(), clock.instant());
          FindingTable.replace(tx, application.id(), rows);
        });
    return false;
  }

  private boolean approve(Application application, @Nullable Bytes claim, List<Finding> findings) {
    List<FindingTable.Row> rows = texts.sealed(application.userId(), findings);
    return move(
        application,
        "application.verified",
        tx -> {
          if (claim != null) {
            ApplicationTable.lockClaim(tx, claim);
            if (ApplicationTable.isClaimed(tx, claim)) {
              throw new ClaimedMeanwhile();
            }
          }
          FindingTable.replace(tx, application.id(), rows);
          ApplicationSteps.approve(tx, application.id(), claim, clock.instant());
        });
  }

  private boolean sendToReview(
      Application application, Form form, @Nullable Bytes claim, List<Finding> findings) {
    List<FindingTable.Row> rows = texts.sealed(application.userId(), findings);
    return move(
        application,
        "application.sentToReview",
        tx -> {
          FindingTable.replace(tx, application.id(), rows);
          ApplicationSteps.sendToReview(tx, application.id(), claim, clock.instant());
          mail.post(tx, Letters.step(application, form, Template.APPLICATION_IN_REVIEW));
        });
  }

  private boolean admit(Application application, Form form) {
    UserId user = application.userId();
    Optional<UserId> owner = identities.findByEmail(form.email());
    if (owner.isPresent() && !owner.get().equals(user)) {
      return reject(
          application,
          form,
          List.of(),
          "This e-mail address has an account already. Sign in with it.");
    }
    NewEvent created = joining.created(user, form);
    identities.create(
        new NewIdentity(
            user,
            application.kind(),
            form.email(),
            Objects.requireNonNull(application.password()),
            form.deviceId()));
    return move(
        application,
        "application.admitted",
        tx ->
            ApplicationSteps.admit(
                tx, application.id(), events.append(tx, Stream.USERS, created), clock.instant()));
  }

  private boolean activate(Application application) {
    if (!streams.isTakenInByAdmitters(Objects.requireNonNull(application.eventId()))) {
      return false;
    }
    identities.enable(application.userId());
    // Whom the operator vouches for, the operator tells.
    Optional<Letter> welcome =
        application.confirmed()
            ? texts
                .form(application)
                .map(form -> Letters.step(application, form, Template.welcome(application.kind())))
            : Optional.empty();
    return move(
        application,
        "application.activated",
        tx -> {
          ApplicationSteps.activate(tx, application.id(), clock.instant());
          welcome.ifPresent(letter -> mail.post(tx, letter));
        });
  }

  private boolean reject(
      Application application, Form form, List<Finding> findings, String reason) {
    Bytes sealed = texts.sealReason(application.userId(), reason);
    List<FindingTable.Row> rows = texts.sealed(application.userId(), findings);
    return move(
        application,
        "application.rejected",
        tx -> {
          FindingTable.replace(tx, application.id(), rows);
          ApplicationSteps.reject(tx, application.id(), sealed, clock.instant());
          mail.post(tx, Letters.rejected(application, form, reason));
        });
  }

  /** Whoever was forgotten meanwhile doesn't join. */
  private boolean drop(Application application) {
    return move(
        application, "application.forgotten", tx -> ApplicationSteps.delete(tx, application.id()));
  }

  private boolean move(Application application, String action, Consumer<Handle> write) {
    return database.inTransaction(
        tx -> {
          boolean unmoved =
              ApplicationTable.lock(tx, application.id())
                  .filter(now -> now.status() == application.status())
                  .isPresent();
          if (unmoved) {
            write.accept(tx);
            audit.record(
                tx,
                action,
                application.id().toString(),
                Map.of("kind", application.kind().toString()));
          }
          return unmoved;
        });
  }

  /** Another party took the claim between the look and the lock: the step is taken anew. */
  private static final class ClaimedMeanwhile extends RuntimeException {
    ClaimedMeanwhile() {
      super("claimed by another a moment ago", null, false, false);
    }
  }
}
