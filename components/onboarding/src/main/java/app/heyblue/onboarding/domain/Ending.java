package app.heyblue.onboarding.domain;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How an application ended that didn't become a party. */
public enum Ending {
  /** A validator or a reviewer turned it down; the reason says why. */
  REJECTED("It was turned down."),
  WITHDRAWN("You withdrew this application. Apply again whenever you like."),
  EXPIRED("It waited too long, and what you filled in was erased. Please apply again."),
  SUPERSEDED("Another application for the same address replaced this one.");

  private final String reason;

  Ending(String reason) {
    this.reason = reason;
  }

  /** What applicants read where no reason of its own is stored. */
  public String reason() {
    return reason;
  }

  /** As it is stored and answered. */
  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads the stored form. */
  public static Ending of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }
}
