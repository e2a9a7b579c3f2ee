package app.heyblue.notifications.domain;

/** What came of handing a letter to a mail server. */
public sealed interface Outcome {
  /** The server has it. */
  record Accepted() implements Outcome {}

  /**
   * Another time it may take it.
   *
   * @param why a word for lists and logs; never the server's text, which likes to hold the address
   */
  record Later(String why) implements Outcome {}

  /** It won't take it, however often it is asked. */
  record Never(String why) implements Outcome {}
}
