package app.heyblue.onboarding.applications;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.Streams;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.postgres.ApplicationSteps;
import app.heyblue.onboarding.postgres.ApplicationTable;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.NewIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * The steps that need nobody: verifying, making the credentials and telling the event, activating.
 *
 * <p>A step runs in one transaction that holds the application's row, so that one process at a time
 * is at it. What it does elsewhere (asking validators, making and enabling credentials) can be
 * repeated without harm: a crash rolls the row back, and the next to come repeats the step.
 */
@ApplicationScoped
class Steps {
  private static final Logger LOG = Logger.getLogger(Steps.class);

  private final Database database;
  private final Clock clock;
  private final Verification verification;
  private final Claims claims;
  private final PersonalTexts texts;
  private final JoiningEvents joining;
  private final IdentityProvider identities;
  private final EventLog events;
  private final Streams streams;
  private final Audit audit;

  Steps(
      Database database,
      Clock clock,
      Verification verification,
      Claims claims,
      PersonalTexts texts,
      JoiningEvents joining,
      IdentityProvider identities,
      EventLog events,
      Streams streams,
      Audit audit) {
    this.database = database;
    this.clock = clock;
    this.verification = verification;
    this.claims = claims;
    this.texts = texts;
    this.joining = joining;
    this.identities = identities;
    this.events = events;
    this.streams = streams;
    this.audit = audit;
  }

  /** Takes an application's next step; false where there is none now, or it failed. */
  boolean advance(UUID id) {
    try {
      return database.inTransaction(
          tx -> ApplicationTable.lockForWork(tx, id).filter(found -> step(tx, found)).isPresent());
    } catch (RuntimeException e) {
      LOG.errorf(e, "A step of the application %s failed; it will be repeated", id);
      database.useTransaction(tx -> ApplicationSteps.postpone(tx, id, clock.instant()));
      return false;
    }
  }

  private boolean step(Handle tx, Application application) {
    return switch (application.status()) {
      case VERIFYING -> withForm(tx, application, form -> verify(tx, application, form));
      case APPROVED -> withForm(tx, application, form -> admit(tx, application, form));
      case ADMITTED -> activate(tx, application);
      case AWAITING_EMAIL, NEEDS_REVIEW, ACTIVE, REJECTED -> false;
    };
  }

  private interface FormStep {
    void take(Form form);
  }

  /** Whoever was forgotten meanwhile doesn't join. */
  private boolean withForm(Handle tx, Application application, FormStep step) {
    Optional<Form> form = texts.form(application);
    if (form.isPresent()) {
      step.take(form.get());
    } else {
      ApplicationSteps.delete(tx, application.id());
      record(tx, "application.forgotten", application);
    }
    return true;
  }

  private void verify(Handle tx, Application application, Form form) {
    Bytes claim = claims.of(form);
    List<String> findings = new ArrayList<>();
    switch (verification.verify(form.candidate())) {
      case Verification.Outcome.Verified() -> {}
      case Verification.Outcome.Undecided(List<String> undecided) -> findings.addAll(undecided);
      case Verification.Outcome.Rejected(String reason) -> {
        reject(tx, application, reason);
        return;
      }
    }
    if (claim != null) {
      ApplicationTable.lockClaim(tx, claim);
      if (ApplicationTable.isClaimed(tx, claim)) {
        String name = Claims.nameOf(form.kind());
        if (form.kind() == PartyKind.CHARITY || form.kind() == PartyKind.MERCHANT) {
          reject(
              tx,
              application,
              "Somebody has joined with this %s already. If that wasn't you, write to us."
                  .formatted(name));
          return;
        }
        findings.add("Somebody else has joined with this " + name + " already.");
      }
    }
    if (findings.isEmpty()) {
      ApplicationSteps.approve(tx, application.id(), claim, clock.instant());
      record(tx, "application.verified", application);
    } else {
      ApplicationSteps.sendToReview(
          tx,
          application.id(),
          claim,
          texts.sealFindings(application.userId(), findings),
          clock.instant());
      record(tx, "application.sentToReview", application);
    }
  }

  private void admit(Handle tx, Application application, Form form) {
    UserId user = application.userId();
    Optional<UserId> owner = identities.findByEmail(form.email());
    if (owner.isPresent() && !owner.get().equals(user)) {
      reject(tx, application, "This e-mail address has an account already. Sign in with it.");
      return;
    }
    identities.create(
        new NewIdentity(
            user,
            application.kind(),
            form.email(),
            Objects.requireNonNull(application.password()),
            form.deviceId()));
    UUID event = events.append(tx, Stream.USERS, joining.created(user, form));
    ApplicationSteps.admit(tx, application.id(), event, clock.instant());
    record(tx, "application.admitted", application);
  }

  private boolean activate(Handle tx, Application application) {
    if (!streams.isTakenInByAdmitters(Objects.requireNonNull(application.eventId()))) {
      return false;
    }
    identities.enable(application.userId());
    ApplicationSteps.activate(tx, application.id(), clock.instant());
    record(tx, "application.activated", application);
    return true;
  }

  private void reject(Handle tx, Application application, String reason) {
    ApplicationSteps.reject(
        tx, application.id(), texts.sealReason(application.userId(), reason), clock.instant());
    record(tx, "application.rejected", application);
  }

  private void record(Handle tx, String action, Application application) {
    audit.record(
        tx, action, application.id().toString(), Map.of("kind", application.kind().toString()));
  }
}
