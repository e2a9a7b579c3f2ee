package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.EvidenceRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Merchants: the IRS assigns EINs that begin so. Charities are held against its own list. */
@ApplicationScoped
public class EinValidator implements IdValidator {
  @Override
  public String name() {
    return "EIN prefix";
  }

  @Override
  public Set<PartyKind> kinds() {
    return Set.of(PartyKind.MERCHANT);
  }

  @Override
  public Verdict validate(Candidate candidate) {
    String ein = candidate.evidence(EvidenceRules.EIN);
    return EinPrefixes.isAssigned(ein)
        ? new Verdict.Verified()
        : new Verdict.Undecided(
            "The IRS has never assigned EINs that begin with " + EinPrefixes.of(ein) + ".");
  }
}
