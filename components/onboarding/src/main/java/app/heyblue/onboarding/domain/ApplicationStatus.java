package app.heyblue.onboarding.domain;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where an application stands. The way is {@code awaitingEmail → verifying → (needsReview →)
 * approved → admitted → active}; it ends in {@code rejected} from any of the first four.
 */
public enum ApplicationStatus {
  /** The mailed code is awaited. */
  AWAITING_EMAIL("awaitingEmail"),
  /** The validators are to be asked. */
  VERIFYING("verifying"),
  /** An admin is to decide what the validators couldn't. */
  NEEDS_REVIEW("needsReview"),
  /** The credentials are to be made, and the event told. */
  APPROVED("approved"),
  /** The event is told; the rooms that need the party are to take it in. */
  ADMITTED("admitted"),
  /** The party can sign in. */
  ACTIVE("active"),
  REJECTED("rejected");

  private final String text;

  ApplicationStatus(String text) {
    this.text = text;
  }

  /** As it is stored. */
  public String text() {
    return text;
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static ApplicationStatus of(String text) {
    for (ApplicationStatus status : values()) {
      if (status.text.equals(text)) {
        return status;
      }
    }
    throw new IllegalArgumentException("not a status: " + text);
  }

  /** As applicants see it: what happens between verdict and activation is all verifying to them. */
  @JsonValue
  public String shown() {
    return switch (this) {
      case APPROVED, ADMITTED -> VERIFYING.text;
      case AWAITING_EMAIL, VERIFYING, NEEDS_REVIEW, ACTIVE, REJECTED -> text;
    };
  }
}
