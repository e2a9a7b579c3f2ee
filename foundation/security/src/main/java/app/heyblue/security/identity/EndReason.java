package app.heyblue.security.identity;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a session ended, as the contract of the stream names it. */
enum EndReason {
  SIGNED_OUT("signedOut"),
  /** By its person, from another session or with all others. */
  SIGNED_OUT_ELSEWHERE("signedOutElsewhere"),
  ENDED_BY_ADMIN("endedByAdmin"),
  RELINKED("relinked"),
  PASSWORD_RESET("passwordReset"),
  PASSWORD_CHANGED("passwordChanged"),
  REFRESH_REUSED("refreshReused"),
  /** The person has opened too many since. */
  TOO_MANY("tooMany"),
  EXPIRED("expired");

  private final String text;

  EndReason(String text) {
    this.text = text;
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
