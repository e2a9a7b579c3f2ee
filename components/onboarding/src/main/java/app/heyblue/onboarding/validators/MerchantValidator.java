package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.EvidenceRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Merchants: nobody lists them, so a human always looks; the EIN's form gives a hint. */
@ApplicationScoped
public class MerchantValidator implements IdValidator {
  // Two-digit prefixes that no IRS campus has assigned: IRS, "How EINs are assigned and valid EIN
  // prefixes".
  private static final Set<String> UNASSIGNED =
      Set.of(
          "00", "07", "08", "09", "17", "18", "19", "28", "29", "49", "69", "70", "78", "79", "89",
          "96", "97");

  @Override
  public String name() {
    return "merchant check";
  }

  @Override
  public Set<PartyKind> kinds() {
    return Set.of(PartyKind.MERCHANT);
  }

  @Override
  public Verdict validate(Candidate candidate) {
    String prefix = candidate.evidence(EvidenceRules.EIN).substring(0, 2);
    return new Verdict.Undecided(
        UNASSIGNED.contains(prefix)
            ? "The IRS has never assigned EINs that begin with " + prefix + "."
            : "The EIN has a valid form; check that it is this merchant's.");
  }
}
