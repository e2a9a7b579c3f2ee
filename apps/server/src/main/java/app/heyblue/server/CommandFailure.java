package app.heyblue.server;

/** A command can't go on; the message is one plain sentence for the person who typed it. */
public final class CommandFailure extends RuntimeException {
  public CommandFailure(String sentence) {
    super(sentence);
  }
}
