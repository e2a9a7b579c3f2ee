package app.heyblue.onboarding.validators;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.OnboardingConfig;
import app.heyblue.onboarding.OnboardingConfig.CharityReview;
import app.heyblue.onboarding.domain.Candidate;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Charities, where the operator wants each seen: the catalog doesn't say whose a mailbox is. */
@ApplicationScoped
public class CharityLookValidator implements IdValidator {
  private final CharityReview review;

  public CharityLookValidator(OnboardingConfig config) {
    this.review = config.charityReview();
  }

  @Override
  public String name() {
    return "charity mailbox";
  }

  @Override
  public Set<PartyKind> kinds() {
    return switch (review) {
      case AUTO -> Set.of();
      case ALWAYS -> Set.of(PartyKind.CHARITY);
    };
  }

  @Override
  public Verdict validate(Candidate candidate) {
    return new Verdict.Undecided(
        "Nothing but the applicant's word ties the mailbox at %s to the charity."
            .formatted(EmailDomains.asciiOf(candidate.email())));
  }
}
