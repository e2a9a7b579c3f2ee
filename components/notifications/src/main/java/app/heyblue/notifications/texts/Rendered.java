package app.heyblue.notifications.texts;

/** A letter as it is read: the same words as plain text and as HTML. */
public record Rendered(String subject, String text, String html) {
  /** Its words may hold a code. */
  @Override
  public String toString() {
    return "Rendered[" + subject + "]";
  }
}
