package app.heyblue.onboarding.applications;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Verification verification;
  private final Claims claims;
  private final PersonalTexts texts;
  private final JoiningEvents joining;
  private final IdentityProvider identities;
  private final EventLog events;
  private final Streams streams;
  private final Audit audit;
  private final Set<UUID> underway = ConcurrentHashMap.newKeySet();

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
    if (!underway.add(id)) {
      return false;
    }
    try {
      return database.read(tx -> ApplicationTable.find(tx, id)).filter(this::step).isPresent();
    } catch (RuntimeException e) {
      LOG.errorf(e, "A step of the application %s failed; it will be repeated", id);
      database.useTransaction(tx -> ApplicationSteps.postpone(tx, id, clock.instant()));
      return false;
    } finally {
      underway.remove(id);
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
    List<String> findings = new ArrayList<>();
    switch (verification.verify(form.candidate())) {
      case Verification.Outcome.Verified() -> {}
      case Verification.Outcome.Undecided(List<String> undecided) -> findings.addAll(undecided);
      case Verification.Outcome.Rejected(String reason) -> {
        return reject(application, reason);
      }
    }
    Bytes claim = claims.of(form);
    if (claim != null && database.read(tx -> ApplicationTable.isClaimed(tx, claim))) {
      String name = Claims.nameOf(form.kind());
      if (form.kind() == PartyKind.CHARITY) {
        return reject(
            application,
            "Somebody has joined with this " + name + " already. If it wasn't you, write to us.");
      }
      findings.add("Somebody else has joined with this " + name + " already.");
    }
    return findings.isEmpty()
        ? approve(application, claim)
        : sendToReview(application, claim, findings);
  }

  private boolean approve(Application application, @Nullable Bytes claim) {
    return move(
        application,
        "application.verified",
        tx -> {
          if (claim != null) {
            ApplicationTable.lockClaim(tx, claim);
            if (ApplicationTable.isClaimed(tx, claim)) {
              throw new IllegalStateException("claimed by another a moment ago");
            }
          }
          ApplicationSteps.approve(tx, application.id(), claim, clock.instant());
        });
  }

  private boolean sendToReview(
      Application application, @Nullable Bytes claim, List<String> findings) {
    Bytes sealed = texts.sealFindings(application.userId(), findings);
    return move(
        application,
        "application.sentToReview",
        tx -> ApplicationSteps.sendToReview(tx, application.id(), claim, sealed, clock.instant()));
  }

  private boolean admit(Application application, Form form) {
    UserId user = application.userId();
    Optional<UserId> owner = identities.findByEmail(form.email());
    if (owner.isPresent() && !owner.get().equals(user)) {
      return reject(application, "This e-mail address has an account already. Sign in with it.");
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
    return move(
        application,
        "application.activated",
        tx -> ApplicationSteps.activate(tx, application.id(), clock.instant()));
  }

  private boolean reject(Application application, String reason) {
    Bytes sealed = texts.sealReason(application.userId(), reason);
    return move(
        application,
        "application.rejected",
        tx -> ApplicationSteps.reject(tx, application.id(), sealed, clock.instant()));
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
}
