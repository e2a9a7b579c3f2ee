package app.heyblue.onboarding.applications;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.Applicant;
import app.heyblue.onboarding.Onboarding;
import app.heyblue.onboarding.OnboardingProblems;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.EvidenceRules;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.domain.FormRules;
import app.heyblue.onboarding.postgres.ApplicationSteps;
import app.heyblue.onboarding.postgres.ApplicationTable;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.EmailFingerprints;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.PasswordHash;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The operator's way in: an application that is approved from the start. */
@ApplicationScoped
class Admissions implements Onboarding {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  // Another process may be the one that moves it on.
  private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

  private final Database database;
  private final Clock clock;
  private final IdGenerator ids;
  private final IdentityProvider identities;
  private final EmailFingerprints fingerprints;
  private final PersonalTexts texts;
  private final Claims claims;
  private final JoiningEvents joining;
  private final Worker worker;
  private final Changes changes;
  private final Audit audit;

  Admissions(
      Database database,
      Clock clock,
      IdGenerator ids,
      IdentityProvider identities,
      EmailFingerprints fingerprints,
      PersonalTexts texts,
      Claims claims,
      JoiningEvents joining,
      Worker worker,
      Changes changes,
      Audit audit) {
    this.database = database;
    this.clock = clock;
    this.ids = ids;
    this.identities = identities;
    this.fingerprints = fingerprints;
    this.texts = texts;
    this.claims = claims;
    this.joining = joining;
    this.worker = worker;
    this.changes = changes;
    this.audit = audit;
  }

  @Override
  public UserId admit(Applicant applicant) {
    Form form =
        new Form(
            applicant.kind(),
            applicant.email(),
            applicant.displayName(),
            applicant.zip(),
            applicant.deviceId(),
            EvidenceRules.checked(applicant.kind(), applicant.evidence()),
            Language.EN);
    FormRules.check(form);
    joining.requireTellable(form);
    byte[] address = fingerprints.of(form.email());
    Optional<Application> there =
        database.read(tx -> ApplicationTable.findConfirmed(tx, address)).filter(Admissions::isIn);
    if (there.isEmpty()) {
      Optional<UserId> owner = identities.findByEmail(form.email());
      if (owner.isPresent()) {
        there = Optional.of(applicationOf(owner.get()));
      }
    }
    Application application =
        there.isPresent() ? there.get() : vouch(form, applicant.password(), address);
    if (application.kind() != form.kind()) {
      throw OnboardingProblems.ALREADY_JOINED.raise(
          "This address belongs to a " + application.kind() + ".");
    }
    worker.wake();
    awaitActive(application.id());
    return application.userId();
  }

  private Application applicationOf(UserId owner) {
    return database
        .read(tx -> ApplicationTable.findOf(tx, owner))
        .orElseThrow(
            () ->
                OnboardingProblems.ALREADY_JOINED.raise(
                    "This address has an account of an unknown kind. Use another address."));
  }

  /** Whether nothing but the worker's own steps is ahead of it, or nothing at all. */
  private static boolean isIn(Application application) {
    return switch (application.status()) {
      case APPROVED, ADMITTED, ACTIVE -> true;
      case AWAITING_EMAIL, VERIFYING, NEEDS_REVIEW, REJECTED -> false;
    };
  }

  private Application vouch(Form form, String password, byte[] address) {
    PasswordHash hash = identities.hash(password, form.email());
    UUID id = ids.next();
    UserId user = new UserId(ids.next());
    Bytes sealed = texts.sealFirst(user, form);
    Bytes claim = claims.of(form);
    return database.inTransaction(
        tx -> {
          ApplicationTable.lockAddress(tx, address);
          for (UUID replaced : ApplicationSteps.supersede(tx, address, clock.instant())) {
            audit.record(tx, "application.superseded", replaced.toString(), Map.of());
          }
          Optional<Application> meanwhile = ApplicationTable.findConfirmed(tx, address);
          if (meanwhile.isPresent()) {
            return meanwhile.get();
          }
          requireUnclaimed(tx, form.kind(), claim);
          ApplicationSteps.insert(
              tx,
              id,
              user,
              form.kind(),
              ApplicationStatus.APPROVED,
              address,
              sealed,
              hash,
              claim,
              clock.instant());
          audit.record(
              tx, "application.vouched", id.toString(), Map.of("kind", form.kind().toString()));
          return ApplicationTable.find(tx, id).orElseThrow();
        });
  }

  private static void requireUnclaimed(Handle tx, PartyKind kind, @Nullable Bytes claim) {
    if (claim == null) {
      return;
    }
    ApplicationTable.lockClaim(tx, claim);
    if (ApplicationTable.isClaimed(tx, claim)) {
      throw OnboardingProblems.ALREADY_JOINED.raise(
          "Another party has joined with this " + Claims.nameOf(kind) + ".");
    }
  }

  private void awaitActive(UUID id) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        long seen = changes.count();
        ApplicationStatus status =
            database
                .read(tx -> ApplicationTable.find(tx, id))
                .orElseThrow(Applications::notFound)
                .status();
        switch (status) {
          case ACTIVE -> {
            return;
          }
          case REJECTED ->
              throw OnboardingProblems.ALREADY_JOINED.raise("This address has an account already.");
          case AWAITING_EMAIL, VERIFYING, NEEDS_REVIEW, APPROVED, ADMITTED -> {}
        }
        if (System.nanoTime() - deadline > 0) {
          throw tooLate();
        }
        changes.await(seen, LOOK_AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw tooLate();
    }
  }

  private static ProblemException tooLate() {
    return CommonProblems.UNAVAILABLE.raise(
        "The party is admitted, but not every room has taken it in yet. Call again in a moment.");
  }
}
