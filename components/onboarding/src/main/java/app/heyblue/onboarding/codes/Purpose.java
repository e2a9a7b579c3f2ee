package app.heyblue.onboarding.codes;

/** What a mailed code is good for. */
public enum Purpose {
  APPLICATION("application"),
  DEVICE_RELINK("deviceRelink"),
  PASSWORD_RESET("passwordReset");

  private final String text;

  Purpose(String text) {
    this.text = text;
  }

  /** As it is stored, and as audit actions begin. */
  public String text() {
    return text;
  }
}
