package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Merchants: nobody lists them, so a human always looks. */
@ApplicationScoped
public class MerchantValidator implements IdValidator {
  @Override
  public String name() {
    return "human eye";
  }

  @Override
  public Set<PartyKind> kinds() {
    return Set.of(PartyKind.MERCHANT);
  }

  @Override
  public Verdict validate(Candidate candidate) {
    return new Verdict.Undecided(
        "Check that the EIN and the legal name are this merchant's, and that its address is.");
  }
}
