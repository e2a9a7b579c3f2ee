package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.EvidenceRules;
import app.heyblue.onboarding.roster.Roster;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Officers: the address that was confirmed lies in the agency's e-mail domain or below it. */
@ApplicationScoped
public class AgencyDomainValidator implements IdValidator {
  private final Roster roster;

  public AgencyDomainValidator(Roster roster) {
    this.roster = roster;
  }

  @Override
  public String name() {
    return "agency e-mail domain";
  }

  @Override
  public Set<PartyKind> kinds() {
    return Set.of(PartyKind.OFFICER);
  }

  @Override
  public Verdict validate(Candidate candidate) {
    Optional<Agency> agency = roster.find(candidate.evidence(EvidenceRules.AGENCY));
    if (agency.isEmpty()) {
      return new Verdict.Undecided(
          "Without an agency on the roster, the e-mail domain says nothing.");
    }
    String domain = EmailDomains.asciiOf(candidate.email());
    String expected = agency.get().emailDomain();
    return EmailDomains.isWithin(domain, expected)
        ? new Verdict.Verified()
        : new Verdict.Undecided(
            "The e-mail address is of %s, the domain of %s is %s."
                .formatted(domain, agency.get().name(), expected));
  }
}
