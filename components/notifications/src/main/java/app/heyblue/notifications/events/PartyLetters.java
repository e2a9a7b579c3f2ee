package app.heyblue.notifications.events;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.PartyMail;
import app.heyblue.notifications.Template;
import app.heyblue.notifications.domain.Mails;
import app.heyblue.security.IdentityProvider;
import app.heyblue.users.Profile;
import app.heyblue.users.Users;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Posts letters to parties about what happened to them, in their language. What is too old to
 * matter is dropped, so that a replay of a stream writes to nobody: ids are remembered for longer
 * than any letter matters.
 */
@ApplicationScoped
public class PartyLetters implements PartyMail {
  private final Mails mails;
  private final IdentityProvider identities;
  private final Users users;
  private final Clock clock;

  public PartyLetters(Mails mails, IdentityProvider identities, Users users, Clock clock) {
    this.mails = mails;
    this.identities = identities;
    this.users = users;
    this.clock = clock;
  }

  @Override
  public void post(Handle tx, UserId party, Template template, String incident) {
    post(tx, party, template, incident, clock.instant());
  }

  /**
   * Posts the one letter about an incident.
   *
   * @param incident names it among those of the party
   * @param at when it happened
   */
  void post(Handle tx, UserId party, Template template, String incident, Instant at) {
    if (!clock.instant().isBefore(at.plus(template.matters()))) {
      return;
    }
    Optional<String> address = identities.emailOf(party);
    if (address.isEmpty()) {
      return;
    }
    Language language = users.find(party).map(Profile::locale).orElse(Language.EN);
    mails.post(
        tx,
        new Letter(
            Letter.idOf(party + " " + incident, template),
            address.get(),
            language,
            template,
            Map.of()),
        at);
  }
}
