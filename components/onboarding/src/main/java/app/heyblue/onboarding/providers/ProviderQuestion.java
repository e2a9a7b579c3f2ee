package app.heyblue.onboarding.providers;

import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.Candidate;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is asked, as docs/reference/id-provider.md has it: never an address, a password
 * or a device, and of a family nothing but its case number.
 *
 * @param name to be held against the evidence; null for families
 * @param zip five digits; of organisations
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProviderQuestion(
    PartyKind kind, Map<String, String> evidence, @Nullable String name, @Nullable String zip) {
  static ProviderQuestion of(Candidate candidate) {
    return switch (candidate.kind()) {
      case CHARITY, MERCHANT ->
          new ProviderQuestion(
              candidate.kind(), candidate.evidence(), candidate.displayName(), candidate.zip());
      case OFFICER ->
          new ProviderQuestion(
              candidate.kind(), candidate.evidence(), candidate.displayName(), null);
      case FAMILY, CIVILIAN, ADMIN ->
          new ProviderQuestion(candidate.kind(), candidate.evidence(), null, null);
    };
  }

  /** Nothing of it belongs in a log. */
  @Override
  public String toString() {
    return "ProviderQuestion[" + kind + "]";
  }
}
