package app.heyblue.catalogs.bmf;

/** A file that must not be applied; the message is the reason, for people. */
public final class UnusableFile extends Exception {
  private static final long serialVersionUID = 1;

  public UnusableFile(String reason) {
    super(reason);
  }

  public String reason() {
    return String.valueOf(getMessage());
  }
}
