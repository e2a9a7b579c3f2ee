package app.heyblue.onboarding.applications;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.CharityCatalog;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.catalogs.FamilyEntry;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.NewEvent;
import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.OnboardingProblems;
import app.heyblue.onboarding.domain.EvidenceRules;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.domain.UserCreated;
import app.heyblue.onboarding.roster.Roster;
import app.heyblue.security.PersonalCipher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells that somebody has joined: {@code user.created}, with what the other rooms need. */
@ApplicationScoped
class JoiningEvents {
  private final Roster roster;
  private final CharityCatalog charities;
  private final FamilyCatalog families;
  private final PersonalCipher cipher;
  private final Clock clock;

  JoiningEvents(
      Roster roster,
      CharityCatalog charities,
      FamilyCatalog families,
      PersonalCipher cipher,
      Clock clock) {
    this.roster = roster;
    this.charities = charities;
    this.families = families;
    this.cipher = cipher;
    this.clock = clock;
  }

  /**
   * Checks that the event can be told of this form.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code agency-unknown}) for an officer of an
   *     agency that isn't on the roster
   */
  void requireTellable(Form form) {
    if (form.kind() == PartyKind.OFFICER) {
      agency(form);
    }
  }

  /** The event; {@link #requireTellable} says what it throws. */
  NewEvent created(UserId user, Form form) {
    boolean person = form.kind().isNaturalPerson();
    Agency agency = form.kind() == PartyKind.OFFICER ? agency(form) : null;
    Optional<Charity> charity = form.kind() == PartyKind.CHARITY ? charity(form) : Optional.empty();
    return new NewEvent(
        UserCreated.TYPE,
        user.toString(),
        new UserCreated(
            user,
            form.kind(),
            person ? null : charity.map(Charity::name).orElse(form.displayName()),
            person ? sealed(user, "displayName", form.displayName()) : null,
            form.kind() == PartyKind.CIVILIAN ? sealed(user, "zip", form.zip()) : null,
            areaZip(form, agency, charity),
            agency == null ? null : agency.timeZone(),
            agency == null ? null : agency.name(),
            form.evidence().get(EvidenceRules.EIN),
            cause(form, charity),
            clock.instant()));
  }

  private Agency agency(Form form) {
    String name = form.candidate().evidence(EvidenceRules.AGENCY);
    return roster
        .find(name)
        .orElseThrow(
            () ->
                OnboardingProblems.AGENCY_UNKNOWN.raise(
                    "Put \"" + name + "\" on the roster first; its time zone is needed."));
  }

  private @Nullable String areaZip(Form form, @Nullable Agency agency, Optional<Charity> charity) {
    return switch (form.kind()) {
      case CIVILIAN, ADMIN -> null;
      case OFFICER -> agency == null ? null : agency.zip();
      case CHARITY -> charity.flatMap(JoiningEvents::zipOf).orElse(form.zip());
      case MERCHANT -> form.zip();
      case FAMILY -> family(form).map(FamilyEntry::zip3).orElse(form.zip().substring(0, 3));
    };
  }

  private @Nullable String cause(Form form, Optional<Charity> charity) {
    return switch (form.kind()) {
      case CIVILIAN, OFFICER, MERCHANT, ADMIN -> null;
      case CHARITY -> charity.map(Charity::nteeCode).orElse(null);
      case FAMILY -> family(form).map(FamilyEntry::cause).orElse(null);
    };
  }

  /** As the catalog has it: its name and ZIP are the IRS's, whatever the applicant calls it. */
  private Optional<Charity> charity(Form form) {
    return charities.find(Ein.parse(form.candidate().evidence(EvidenceRules.EIN)));
  }

  /** The first five digits; the IRS writes ZIP+4, or nothing. */
  private static Optional<String> zipOf(Charity charity) {
    return charity.zip().matches("[0-9]{5}.*")
        ? Optional.of(charity.zip().substring(0, 5))
        : Optional.empty();
  }

  private Optional<FamilyEntry> family(Form form) {
    return families.find(form.candidate().evidence(EvidenceRules.CASE_NUMBER));
  }

  private String sealed(UserId user, String field, String text) {
    return Base64.getEncoder().encodeToString(cipher.seal(user, field, text));
  }
}
