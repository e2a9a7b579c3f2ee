package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.EvidenceRules;
import app.heyblue.onboarding.roster.Roster;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Officers: the badge number is on the agency's roster. */
@ApplicationScoped
public class BadgeValidator implements IdValidator {
  private final Roster roster;

  public BadgeValidator(Roster roster) {
    this.roster = roster;
  }

  @Override
  public String name() {
    return "agency roster";
  }

  @Override
  public Set<PartyKind> kinds() {
    return Set.of(PartyKind.OFFICER);
  }

  @Override
  public Verdict validate(Candidate candidate) {
    Optional<Agency> agency = roster.find(candidate.evidence(EvidenceRules.AGENCY));
    if (agency.isEmpty()) {
      return new Verdict.Undecided("The agency isn't on the roster.");
    }
    return roster.hasBadge(agency.get(), candidate.evidence(EvidenceRules.BADGE_NUMBER))
        ? new Verdict.Verified()
        : new Verdict.Undecided(
            "The badge number isn't on the roster of " + agency.get().name() + ".");
  }
}
