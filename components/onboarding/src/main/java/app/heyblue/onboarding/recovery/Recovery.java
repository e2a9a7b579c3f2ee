package app.heyblue.onboarding.recovery;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.PartyMail;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.codes.CodeCheck;
import app.heyblue.onboarding.codes.MailedCodes;
import app.heyblue.onboarding.codes.Purpose;
import app.heyblue.onboarding.domain.FormRules;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.EmailFingerprints;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.PasswordHash;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Device relinks and password resets: a mailed code, then the change. Requests for unknown
 * addresses get the same answer for the same work; a mail tells their readers that nobody is here.
 *
 * <p>The change comes before the code is marked as used, since it can be repeated: a crash between
 * the two leaves a code that works again within its 10 minutes. Its owner is told of it, whether or
 * not a session was open.
 */
@ApplicationScoped
public class Recovery {
  private final Database database;
  private final IdGenerator ids;
  private final IdentityProvider identities;
  private final EmailFingerprints fingerprints;
  private final MailedCodes codes;
  private final Mail mail;
  private final PartyMail partyMail;
  private final Audit audit;

  public Recovery(
      Database database,
      IdGenerator ids,
      IdentityProvider identities,
      EmailFingerprints fingerprints,
      MailedCodes codes,
      Mail mail,
      PartyMail partyMail,
      Audit audit) {
    this.database = database;
    this.ids = ids;
    this.identities = identities;
    this.fingerprints = fingerprints;
    this.codes = codes;
    this.mail = mail;
    this.partyMail = partyMail;
    this.audit = audit;
  }

  /**
   * Mails a code to an address, if somebody has it; the id is answered either way.
   *
   * @param purpose a device relink or a password reset
   * @param language that the mail is written in
   * @throws app.heyblue.kernel.ProblemException ({@code invalid-input}, {@code too-many-requests},
   *     {@code mail-unavailable})
   */
  public UUID request(Purpose purpose, String email, Language language) {
    FormRules.requireMailable(email);
    String to = email.strip();
    byte[] address = fingerprints.of(to);
    Optional<UserId> owner = identities.findByEmail(to);
    UUID id = ids.next();
    String code = codes.next();
    database.useTransaction(
        tx -> {
          codes.keep(tx, id, purpose, address, owner.orElse(null), owner.isPresent() ? code : null);
          audit.record(tx, purpose.text() + ".requested", id.toString(), Map.of());
        });
    mail.send(letter(purpose, id, to, language, owner.isPresent() ? code : null));
    return id;
  }

  private static Letter letter(
      Purpose purpose, UUID id, String to, Language language, @Nullable String code) {
    Template template =
        switch (purpose) {
          case APPLICATION, DEVICE_RELINK ->
              code == null ? Template.DEVICE_LINK_UNKNOWN : Template.DEVICE_LINK_CODE;
          case PASSWORD_RESET ->
              code == null ? Template.PASSWORD_RESET_UNKNOWN : Template.PASSWORD_RESET_CODE;
        };
    return new Letter(id, to, language, template, code == null ? Map.of() : Map.of("code", code));
  }

  /**
   * Moves a party to another device.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}, {@code wrong-code}, {@code
   *     code-expired})
   */
  public void relink(UUID id, String code, String deviceId) {
    confirm(
        Purpose.DEVICE_RELINK,
        Template.DEVICE_LINKED,
        id,
        code,
        user -> identities.relinkDevice(user, deviceId));
  }

  /**
   * Sets another password.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}, {@code wrong-code}, {@code
   *     code-expired}, {@code invalid-input})
   */
  public void reset(UUID id, String code, String password) {
    confirm(
        Purpose.PASSWORD_RESET,
        Template.PASSWORD_CHANGED,
        id,
        code,
        user -> {
          PasswordHash hash = identities.hash(password, identities.emailOf(user).orElse(""));
          identities.resetPassword(user, hash);
        });
  }

  private void confirm(
      Purpose purpose, Template told, UUID id, String code, Consumer<UserId> change) {
    switch (database.inTransaction(tx -> codes.check(tx, id, purpose, code))) {
      case CodeCheck.Wrong wrong -> throw wrong.problem();
      case CodeCheck.Expired expired -> throw expired.problem();
      case CodeCheck.Right(UserId user) -> {
        if (user == null) {
          throw new IllegalStateException("a code for nobody was right");
        }
        change.accept(user);
        database.useTransaction(
            tx -> {
              codes.use(tx, id);
              partyMail.post(tx, user, told, id.toString());
              audit.record(
                  tx,
                  purpose.text() + ".confirmed",
                  id.toString(),
                  Map.of("userId", user.toString()));
            });
      }
    }
  }
}
