package app.heyblue.onboarding.applications;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.notifications.Mail;
import app.heyblue.onboarding.OnboardingProblems;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.ApplicationView;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Ending;
import app.heyblue.onboarding.domain.Finding;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.domain.ReviewItem;
import app.heyblue.onboarding.postgres.ApplicationSteps;
import app.heyblue.onboarding.postgres.ApplicationTable;
import app.heyblue.onboarding.postgres.FindingTable;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What admins do: look at what the validators couldn't decide, and decide. */
@ApplicationScoped
public class Reviews {
  private final Database database;
  private final Clock clock;
  private final PersonalTexts texts;
  private final JoiningEvents joining;
  private final Mail mail;
  private final Worker worker;
  private final Audit audit;

  Reviews(
      Database database,
      Clock clock,
      PersonalTexts texts,
      JoiningEvents joining,
      Mail mail,
      Worker worker,
      Audit audit) {
    this.database = database;
    this.clock = clock;
    this.texts = texts;
    this.joining = joining;
    this.mail = mail;
    this.worker = worker;
    this.audit = audit;
  }

  /** What waits for a review, oldest first. */
  public Page<ReviewItem> waiting(PageRequest request) {
    UUID after = request.placeAsId().orElse(null);
    List<Application> rows =
        database.read(tx -> ApplicationTable.inReview(tx, after, request.limit() + 1));
    Page<Application> page = Page.from(rows, request, row -> row.id().toString());
    return new Page<>(
        page.items().stream().flatMap(row -> item(row).stream()).toList(), page.next());
  }

  /**
   * Lets the application go on.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}, {@code not-in-review}, {@code
   *     agency-unknown}, {@code already-joined})
   */
  public ApplicationView approve(UUID id, @Nullable String note) {
    Application found = inReview(database.read(tx -> ApplicationTable.find(tx, id)));
    Form form = texts.form(found).orElseThrow(Applications::notFound);
    joining.requireTellable(form);
    database.useTransaction(
        tx -> {
          Application application = lock(tx, id);
          Bytes claim = application.claim();
          if (claim != null) {
            ApplicationTable.lockClaim(tx, claim);
            if (ApplicationTable.isClaimed(tx, claim)) {
              throw OnboardingProblems.ALREADY_JOINED.raise(
                  "Another party has joined with this %s."
                      .formatted(Claims.nameOf(application.kind())));
            }
          }
          ApplicationSteps.approve(tx, id, claim, clock.instant());
          record(tx, "application.approved", application, note);
        });
    worker.wake();
    return new ApplicationView(id, ApplicationStatus.APPROVED);
  }

  /**
   * Turns the application down; the note is the reason that the applicant is mailed.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}, {@code not-in-review})
   */
  public ApplicationView reject(UUID id, @Nullable String note) {
    Application found = inReview(database.read(tx -> ApplicationTable.find(tx, id)));
    String reason =
        note == null || note.isBlank() ? "A reviewer turned the application down." : note.strip();
    Bytes sealed = texts.sealReason(found.userId(), reason);
    Optional<Form> form = texts.form(found);
    database.useTransaction(
        tx -> {
          Application application = lock(tx, id);
          ApplicationSteps.reject(tx, id, sealed, clock.instant());
          form.ifPresent(told -> mail.post(tx, Letters.rejected(application, told, reason)));
          record(tx, "application.rejected", application, note);
        });
    return ApplicationView.ended(id, Ending.REJECTED, reason);
  }

  /**
   * What the validators found; without their texts once the application was decided.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found})
   */
  public List<Finding> findings(UUID id) {
    return findings(
        database.read(tx -> ApplicationTable.find(tx, id)).orElseThrow(Applications::notFound));
  }

  private List<Finding> findings(Application application) {
    return texts.opened(application, database.read(tx -> FindingTable.of(tx, application.id())));
  }

  private Application lock(Handle tx, UUID id) {
    return inReview(ApplicationTable.lock(tx, id));
  }

  private static Application inReview(Optional<Application> found) {
    Application application = found.orElseThrow(Applications::notFound);
    if (application.status() != ApplicationStatus.NEEDS_REVIEW) {
      throw OnboardingProblems.NOT_IN_REVIEW.raise(
          "The application is %s.".formatted(application.status().shown()));
    }
    return application;
  }

  /** Empty for somebody who was forgotten meanwhile. */
  private Optional<ReviewItem> item(Application application) {
    return texts
        .form(application)
        .map(
            form ->
                new ReviewItem(
                    application.id(),
                    application.kind(),
                    form.displayName(),
                    form.kind() == PartyKind.FAMILY ? null : form.email(),
                    form.kind() == PartyKind.FAMILY ? form.zip().substring(0, 3) : form.zip(),
                    form.evidence(),
                    findings(application),
                    application.submittedAt(),
                    application.changedAt()));
  }

  /** The trail says that there was a note, not what it says of a person. */
  private void record(Handle tx, String action, Application application, @Nullable String note) {
    audit.record(
        tx,
        action,
        application.id().toString(),
        Map.of(
            "kind",
            application.kind().toString(),
            "by",
            "review",
            "note",
            note == null || note.isBlank() ? "no" : "yes"));
  }
}
