package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.EvidenceRules;
import app.heyblue.onboarding.roster.Roster;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Officers: the address that was confirmed lies in the agency's e-mail domain. */
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
    String email = candidate.email().toLowerCase(Locale.ROOT);
    String domain = email.substring(email.lastIndexOf('@') + 1);
    String expected = agency.get().emailDomain();
    return domain.equals(expected) || domain.endsWith("." + expected)
        ? new Verdict.Verified()
        : new Verdict.Undecided(
            "The e-mail address isn't of %s, whose domain is %s."
                .formatted(agency.get().name(), expected));
  }
}
