package app.heyblue.onboarding.validators;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.CharityCatalog;
import app.heyblue.catalogs.Ein;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.EvidenceRules;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Charities: the EIN is in the IRS catalog, under a similar name and in the same state. */
@ApplicationScoped
public class CharityValidator implements IdValidator {
  // "Food Bank of X" against "Y Food Bank" stays below; a left-out "Inc" or a typing error above.
  private static final double SIMILAR = 0.6;

  private final CharityCatalog catalog;

  public CharityValidator(CharityCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public String name() {
    return "charity catalog";
  }

  @Override
  public Set<PartyKind> kinds() {
    return Set.of(PartyKind.CHARITY);
  }

  @Override
  public Verdict validate(Candidate candidate) {
    Ein ein = Ein.parse(candidate.evidence(EvidenceRules.EIN));
    Optional<Charity> found = catalog.find(ein);
    if (found.isEmpty()) {
      return new Verdict.Rejected(
          EinPrefixes.isAssigned(ein.value())
              ? "No charity with the EIN %s is in the IRS catalog. Check the number and apply again."
                  .formatted(ein)
              : "The IRS has never assigned EINs that begin with %s. Check the number and apply again."
                  .formatted(EinPrefixes.of(ein.value())));
    }
    Charity charity = found.get();
    List<String> findings = new ArrayList<>();
    if (NameSimilarity.of(candidate.displayName(), charity.name()) < SIMILAR) {
      findings.add("The name differs from the catalog's, \"" + charity.name() + "\".");
    }
    Optional<String> state = ZipStates.stateOf(candidate.zip());
    if (charity.state() != null && state.isPresent() && !state.get().equals(charity.state())) {
      findings.add(
          "The ZIP lies in %s, the catalog's address in %s."
              .formatted(state.get(), charity.state()));
    }
    return findings.isEmpty()
        ? new Verdict.Verified()
        : new Verdict.Undecided(String.join(" ", findings));
  }
}
