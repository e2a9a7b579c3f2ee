package app.heyblue.onboarding.validators;

import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.EvidenceRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Families: the case number is in the catalog of those whom a state vouches for. */
@ApplicationScoped
public class FamilyValidator implements IdValidator {
  private final FamilyCatalog catalog;

  public FamilyValidator(FamilyCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public String name() {
    return "families catalog";
  }

  @Override
  public Set<PartyKind> kinds() {
    return Set.of(PartyKind.FAMILY);
  }

  @Override
  public Verdict validate(Candidate candidate) {
    return catalog.find(candidate.evidence(EvidenceRules.CASE_NUMBER)).isPresent()
        ? new Verdict.Verified()
        : new Verdict.Undecided(
            "The case number isn't in the families catalog. Ask the agency that gave it.");
  }
}
