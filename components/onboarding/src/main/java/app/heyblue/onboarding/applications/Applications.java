package app.heyblue.onboarding.applications;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.codes.CodeCheck;
import app.heyblue.onboarding.codes.MailedCodes;
import app.heyblue.onboarding.codes.Purpose;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.ApplicationView;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Form;
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
   * Takes an application and mails its code. It replaces earlier ones of the address whose code
   * hasn't come back.
   *
   * @throws ProblemException ({@code too-many-requests}, {@code mail-unavailable})
   */
  public ApplicationView apply(Form form, String password) {
    byte[] address = fingerprints.of(form.email());
    codes.requireBudget(address);
    PasswordHash hash = identities.hash(password);
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
              for (UUID replaced :
                  ApplicationSteps.supersede(tx, address, false, clock.instant())) {
                audit.record(tx, "application.superseded", replaced.toString(), Map.of());
              }
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
            ? letter(id, form, Template.ALREADY_REGISTERED, Map.of())
            : letter(id, form, Template.CONFIRM_APPLICATION, Map.of("code", code)));
    return new ApplicationView(id, ApplicationStatus.AWAITING_EMAIL);
  }

  private static Letter letter(UUID id, Form form, Template template, Map<String, String> values) {
    return new Letter(id, form.email(), Language.EN, template, values);
  }

  /**
   * Confirms the address by the mailed code. Once confirmed, it answers where the application
   * stands.
   *
   * @throws ProblemException ({@code not-found}, {@code wrong-code}, {@code code-expired})
   */
  public ApplicationView confirm(UUID id, String code) {
    Optional<CodeCheck> check =
        database.inTransaction(
            tx -> {
              ApplicationTable.lockAddressOf(tx, id);
              if (ApplicationTable.lock(tx, id).orElseThrow(Applications::notFound).confirmed()) {
                return Optional.empty();
              }
              CodeCheck tried = codes.check(tx, id, Purpose.APPLICATION, code);
              if (tried instanceof CodeCheck.Right) {
                codes.use(tx, id);
                ApplicationSteps.confirm(tx, id, clock.instant());
                audit.record(tx, "application.confirmed", id.toString(), Map.of());
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
   * Where an application stands.
   *
   * @throws ProblemException ({@code not-found})
   */
  public ApplicationView view(UUID id) {
    Application found =
        database.read(tx -> ApplicationTable.find(tx, id)).orElseThrow(Applications::notFound);
    return switch (found.status()) {
      case ACTIVE -> new ApplicationView(id, found.status(), found.userId(), null);
      case REJECTED ->
          new ApplicationView(
              id,
              found.status(),
              null,
              texts
                  .reason(found)
                  .orElse("Another application for the same address replaced this one."));
      case AWAITING_EMAIL, VERIFYING, NEEDS_REVIEW, APPROVED, ADMITTED ->
          new ApplicationView(id, found.status());
    };
  }

  static ProblemException notFound() {
    return CommonProblems.NOT_FOUND.raise("There is no application with this id.");
  }
}
