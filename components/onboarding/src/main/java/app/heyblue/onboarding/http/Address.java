package app.heyblue.onboarding.http;

import app.heyblue.onboarding.domain.FormRules;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

/** An address to which a code is mailed. */
record Address(
    @NotNull
        @Size(max = FormRules.EMAIL_MAX)
        @Pattern(regexp = FormRules.EMAIL, message = FormRules.EMAIL_RULE)
        String email) {
  /** An address doesn't belong in a log. */
  @Override
  public String toString() {
    return "Address[…]";
  }
}
