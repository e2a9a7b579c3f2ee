package app.heyblue.onboarding.applications;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.OnboardingProblems;
import app.heyblue.onboarding.codes.CodeCheck;
import app.heyblue.onboarding.codes.MailedCodes;
import app.heyblue.onboarding.codes.Purpose;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.ApplicationView;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Ending;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * What applicants do: apply, confirm their address, look. Nothing that they are answered tells
 * whether an address is known, and a known one costs the same work; only its mail says so.
 */
@ApplicationScoped
public class Applications {
  private final Database database;
  private final Clock clock;
  private final IdGenerator ids;
  private final IdentityProvider identities;
  private final EmailFingerprints fingerprints;
  private final PersonalTexts texts;
  private final MailedCodes codes;
  private final Mail mail;
  private final Worker worker;
  private final Audit audit;

  public Applications(
      Database database,
      Clock clock,
      IdGenerator ids,
      IdentityProvider identities,
      EmailFingerprints fingerprints,
      PersonalTexts texts,
      MailedCodes codes,
      Mail mail,
      Worker worker,
      Audit audit) {
    this.database = database;
    this.clock = clock;
    this.ids = ids;
    this.identities = identities;
    this.fingerprints = fingerprints;
    this.texts = texts;
    this.codes = codes;
    this.mail = mail;
    this.worker = worker;
    this.audit = audit;
  }

  /**
   * Takes an application and mails its code. Others of the address wait beside it: only who reads
   * the mails decides which of them goes on.
   *
   * @throws ProblemException ({@code invalid-input}, {@code too-many-requests}, {@code
   *     mail-unavailable})
   */
  public ApplicationView apply(Form form, String password) {
    FormRules.requireMailable(form.email());
    byte[] address = fingerprints.of(form.email());
    codes.requireBudget(Purpose.APPLICATION, address);
    PasswordHash hash = identities.hash(password, form.email());
    boolean hasAccount = identities.findByEmail(form.email()).isPresent();
    UUID id = ids.next();
    UserId user = new UserId(ids.next());
    Bytes sealed = texts.sealFirst(user, form);
    String code = codes.next();
    boolean known =
        database.inTransaction(
            tx -> {
              ApplicationTable.lockAddress(tx, address);
              boolean taken = hasAccount || ApplicationTable.findConfirmed(tx, address).isPresent();
              ApplicationSteps.insert(
                  tx,
                  id,
                  user,
                  form.kind(),
                  ApplicationStatus.AWAITING_EMAIL,
                  address,
                  sealed,
                  hash,
                  null,
                  clock.instant());
              codes.keep(tx, id, Purpose.APPLICATION, address, null, taken ? null : code);
              audit.record(
                  tx,
                  "application.submitted",
                  id.toString(),
                  Map.of("kind", form.kind().toString()));
              return taken;
            });
    mail.send(
        known
            ? Letters.alreadyHere(id, form)
            : Letters.code(id, form, Template.CONFIRM_APPLICATION, code));
    return new ApplicationView(id, ApplicationStatus.AWAITING_EMAIL);
  }

  /**
   * Confirms the address by the mailed code, and replaces others of the address whose code hasn't
   * come back. Once confirmed, it answers where the application stands.
   *
   * @throws ProblemException ({@code not-found}, {@code wrong-code}, {@code code-expired})
   */
  public ApplicationView confirm(UUID id, String code) {
    Optional<CodeCheck> check =
        database.inTransaction(
            tx -> {
              ApplicationTable.lockAddressOf(tx, id);
              Application locked =
                  ApplicationTable.lock(tx, id).orElseThrow(Applications::notFound);
              if (locked.confirmed()) {
                return Optional.empty();
              }
              if (locked.status() != ApplicationStatus.AWAITING_EMAIL) {
                return Optional.of(new CodeCheck.Expired());
              }
              CodeCheck tried = codes.check(tx, id, Purpose.APPLICATION, code);
              if (tried instanceof CodeCheck.Right) {
                codes.use(tx, id);
                ApplicationSteps.confirm(tx, id, clock.instant());
                audit.record(tx, "application.confirmed", id.toString(), Map.of());
                for (UUID replaced : ApplicationSteps.supersedeOthers(tx, id, clock.instant())) {
                  audit.record(tx, "application.superseded", replaced.toString(), Map.of());
                }
              }
              return Optional.of(tried);
            });
    if (check.isEmpty()) {
      return view(id);
    }
    return switch (check.get()) {
      case CodeCheck.Wrong wrong -> throw wrong.problem();
      case CodeCheck.Expired expired -> throw expired.problem();
      case CodeCheck.Right right -> {
        worker.wake();
        yield new ApplicationView(id, ApplicationStatus.VERIFYING);
      }
    };
  }

  /**
   * Mails another code: to go on with an application whose code hasn't come back, or to withdraw
   * one that is being checked.
   *
   * @throws ProblemException ({@code not-found}, {@code already-decided}, {@code
   *     too-many-requests}, {@code mail-unavailable})
   */
  public ApplicationView mailCode(UUID id) {
    Application found = open(database.read(tx -> ApplicationTable.find(tx, id)));
    Form form = texts.form(found).orElseThrow(Applications::notFound);
    byte[] address = fingerprints.of(form.email());
    codes.requireBudget(Purpose.APPLICATION, address);
    boolean hasAccount = identities.findByEmail(form.email()).isPresent();
    UUID mailed = ids.next();
    String code = codes.next();
    Letter letter =
        database.inTransaction(
            tx -> {
              ApplicationTable.lockAddress(tx, address);
              Application locked = open(ApplicationTable.lock(tx, id));
              boolean taken =
                  !locked.confirmed()
                      && (hasAccount || ApplicationTable.findConfirmed(tx, address).isPresent());
              codes.keep(tx, mailed, id, Purpose.APPLICATION, address, null, taken ? null : code);
              audit.record(tx, "application.codeRequested", id.toString(), Map.of());
              return taken
                  ? Letters.alreadyHere(mailed, form)
                  : Letters.code(
                      mailed,
                      form,
                      locked.confirmed()
                          ? Template.WITHDRAW_APPLICATION
                          : Template.CONFIRM_APPLICATION_AGAIN,
                      code);
            });
    mail.send(letter);
    return view(id);
  }

  /**
   * Withdraws an application by a mailed code, up to its review; everything personal in it is
   * erased. Whoever withdrew it already is answered so.
   *
   * @throws ProblemException ({@code not-found}, {@code already-decided}, {@code wrong-code},
   *     {@code code-expired})
   */
  public ApplicationView withdraw(UUID id, String code) {
    Application found =
        database.read(tx -> ApplicationTable.find(tx, id)).orElseThrow(Applications::notFound);
    if (found.ending() == Ending.WITHDRAWN) {
      return view(id);
    }
    Optional<Form> form = texts.form(found);
    CodeCheck check =
        database.inTransaction(
            tx -> {
              ApplicationTable.lockAddressOf(tx, id);
              Application locked = open(ApplicationTable.lock(tx, id));
              CodeCheck tried = codes.check(tx, id, Purpose.APPLICATION, code);
              if (tried instanceof CodeCheck.Right) {
                codes.use(tx, id);
                ApplicationSteps.erase(tx, id, Ending.WITHDRAWN, clock.instant());
                texts.forget(tx, locked.userId());
                form.ifPresent(
                    told ->
                        mail.post(tx, Letters.step(locked, told, Template.APPLICATION_WITHDRAWN)));
                audit.record(
                    tx,
                    "application.withdrawn",
                    id.toString(),
                    Map.of("kind", locked.kind().toString(), "status", locked.status().text()));
              }
              return tried;
            });
    return switch (check) {
      case CodeCheck.Wrong wrong -> throw wrong.problem();
      case CodeCheck.Expired expired -> throw expired.problem();
      case CodeCheck.Right right ->
          ApplicationView.ended(id, Ending.WITHDRAWN, Ending.WITHDRAWN.reason());
    };
  }

  /** Nothing is decided yet. */
  private static Application open(Optional<Application> found) {
    Application application = found.orElseThrow(Applications::notFound);
    return switch (application.status()) {
      case AWAITING_EMAIL, VERIFYING, NEEDS_REVIEW -> application;
      case APPROVED, ADMITTED, ACTIVE ->
          throw OnboardingProblems.ALREADY_DECIDED.raise(
              "You have joined, or will in a moment. Sign in; whoever wants to leave again can"
                  + " do so there.");
      case REJECTED ->
          throw OnboardingProblems.ALREADY_DECIDED.raise(
              "This application has ended. Apply again.");
    };
  }

  /**
   * Where an application stands.
   *
   * @throws ProblemException ({@code not-found})
   */
  public ApplicationView view(UUID id) {
    Application found =
        database.read(tx -> ApplicationTable.find(tx, id)).orElseThrow(Applications::notFound);
    return switch (found.status()) {
      case ACTIVE -> new ApplicationView(id, found.status(), found.userId(), null, null);
      case REJECTED -> {
        Ending ending = Objects.requireNonNull(found.ending());
        yield ApplicationView.ended(id, ending, texts.reason(found).orElse(ending.reason()));
      }
      case AWAITING_EMAIL, VERIFYING, NEEDS_REVIEW, APPROVED, ADMITTED ->
          new ApplicationView(id, found.status());
    };
  }

  static ProblemException notFound() {
    return CommonProblems.NOT_FOUND.raise("There is no application with this id.");
  }
}
