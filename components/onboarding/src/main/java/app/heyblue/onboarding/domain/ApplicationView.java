package app.heyblue.onboarding.domain;

import app.heyblue.kernel.UserId;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An application as its applicant sees it; the contract's answer.
 *
 * @param userId once active
 * @param ending once rejected: who or what ended it
 * @param reason once rejected: what is wrong and what to do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ApplicationView(
    UUID id,
    ApplicationStatus status,
    @Nullable UserId userId,
    @Nullable Ending ending,
    @Nullable String reason) {
  public ApplicationView(UUID id, ApplicationStatus status) {
    this(id, status, null, null, null);
  }

  /** One that ended. */
  public static ApplicationView ended(UUID id, Ending ending, String reason) {
    return new ApplicationView(id, ApplicationStatus.REJECTED, null, ending, reason);
  }
}
