package app.heyblue.testing.town;

/** The connection broke or nobody listens: whether the server did it isn't known. */
public final class NoAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoAnswer(Throwable cause) {
    super(cause);
  }
}
