package app.heyblue.onboarding.applications;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.OnboardingConfig;
import app.heyblue.onboarding.codes.MailedCodes;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Ending;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.postgres.ApplicationSteps;
import app.heyblue.onboarding.postgres.ApplicationTable;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.EmailFingerprints;
import app.heyblue.security.IdentityProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What is done once an hour: applications that waited too long expire, and who never joined is
 * forgotten. What is approved never expires.
 */
@ApplicationScoped
class Upkeep {
  private static final Logger LOG = Logger.getLogger(Upkeep.class);
  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration UNCONFIRMED_KEPT = Duration.ofDays(7);
  // Until then the applicant can read how it ended.
  private static final Duration ENDED_KEPT = Duration.ofDays(30);
  private static final int BATCH = 100;
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final Database database;
  private final Clock clock;
  private final OnboardingConfig config;
  private final PersonalTexts texts;
  private final EmailFingerprints fingerprints;
  private final IdentityProvider identities;
  private final Mail mail;
  private final MailedCodes codes;
  private final Audit audit;
  private volatile Instant done = Instant.MIN;

  Upkeep(
      Database database,
      Clock clock,
      OnboardingConfig config,
      PersonalTexts texts,
      EmailFingerprints fingerprints,
      IdentityProvider identities,
      Mail mail,
      MailedCodes codes,
      Audit audit) {
    this.database = database;
    this.clock = clock;
    this.config = config;
    this.texts = texts;
    this.fingerprints = fingerprints;
    this.identities = identities;
    this.mail = mail;
    this.codes = codes;
    this.audit = audit;
  }

  /** Does it, unless it was done within the hour. */
  void run() {
    Instant now = clock.instant();
    if (done.isAfter(now.minus(EVERY))) {
      return;
    }
    attempt(
        "what wasn't confirmed",
        () -> expire(ApplicationStatus.AWAITING_EMAIL, now.minus(UNCONFIRMED_KEPT)));
    attempt(
        "what wasn't reviewed",
        () -> expire(ApplicationStatus.NEEDS_REVIEW, now.minus(config.reviewLimit())));
    attempt("the reminder", () -> remind(now));
    attempt(
        "what ended",
        () ->
            database.useTransaction(
                tx ->
                    ApplicationSteps.deleteEnded(tx, now.minus(ENDED_KEPT))
                        .forEach(person -> texts.forget(tx, person))));
    attempt("old codes", () -> database.useTransaction(codes::deleteOld));
    done = now;
  }

  /** Does one thing; what goes wrong with it keeps nothing else from being done. */
  private static void attempt(String what, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      // Its message and causes may hold what somebody filled in.
      LOG.warnf("Upkeep of %s failed: %s", what, e.getClass().getName());
    }
  }

  private void expire(ApplicationStatus status, Instant unchangedSince) {
    UUID last = BEFORE_ALL;
    List<Application> due;
    do {
      UUID after = last;
      due =
          database.read(
              tx -> ApplicationTable.unchangedSince(tx, status, unchangedSince, after, BATCH));
      for (Application application : due) {
        attempt("application " + application.id(), () -> expire(application));
        last = application.id();
      }
    } while (due.size() == BATCH);
  }

  private void expire(Application application) {
    Optional<Form> told = texts.form(application).filter(form -> isToldOf(application, form));
    database.useTransaction(
        tx -> {
          boolean unmoved =
              ApplicationTable.lock(tx, application.id())
                  .filter(now -> now.status() == application.status())
                  .isPresent();
          if (unmoved) {
            ApplicationSteps.erase(tx, application.id(), Ending.EXPIRED, clock.instant());
            texts.forget(tx, application.userId());
            told.ifPresent(
                form ->
                    mail.post(tx, Letters.step(application, form, Template.APPLICATION_EXPIRED)));
            audit.record(
                tx,
                "application.expired",
                application.id().toString(),
                Map.of(
                    "kind", application.kind().toString(), "status", application.status().text()));
          }
        });
  }

  /** Whoever applied with an address that is known was told so, and waits for nothing. */
  private boolean isToldOf(Application application, Form form) {
    return application.confirmed()
        || (identities.findByEmail(form.email()).isEmpty()
            && database
                .read(tx -> ApplicationTable.findConfirmed(tx, fingerprints.of(form.email())))
                .isEmpty());
  }

  /** Writes to the admins, once a day, of reviews that wait too long. */
  private void remind(Instant now) {
    long late =
        database.read(
            tx -> ApplicationTable.countInReviewSince(tx, now.minus(config.reviewReminder())));
    if (late == 0) {
      return;
    }
    long day = now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay();
    for (UserId admin : database.read(tx -> ApplicationTable.activeOf(tx, PartyKind.ADMIN))) {
      attempt("the reminder of " + admin, () -> remind(admin, day, late));
    }
  }

  private void remind(UserId admin, long day, long late) {
    UUID today =
        new UUID(
            admin.value().getMostSignificantBits(), admin.value().getLeastSignificantBits() ^ day);
    identities
        .emailOf(admin)
        .ifPresent(
            to ->
                database.useTransaction(
                    tx ->
                        mail.post(
                            tx,
                            new Letter(
                                Letter.idOf(today, Template.REVIEWS_WAITING),
                                to,
                                Language.EN,
                                Template.REVIEWS_WAITING,
                                Map.of("count", Long.toString(late))))));
  }
}
