package app.heyblue.security.identity;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a session ended, as the contract of the stream names it. */
enum EndReason {
  SIGNED_OUT("signedOut"),
  RELINKED("relinked"),
  PASSWORD_RESET("passwordReset"),
  REFRESH_REUSED("refreshReused"),
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
