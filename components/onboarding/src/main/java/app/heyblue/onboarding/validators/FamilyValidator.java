package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Families: a human looks the case number up, as no catalog of cases is connected. */
@ApplicationScoped
public class FamilyValidator implements IdValidator {
  @Override
  public String name() {
    return "family cases";
  }

  @Override
  public Set<PartyKind> kinds() {
    return Set.of(PartyKind.FAMILY);
  }

  @Override
  public Verdict validate(Candidate candidate) {
    return new Verdict.Undecided("Look the case number up with the agency that gave it.");
  }
}
