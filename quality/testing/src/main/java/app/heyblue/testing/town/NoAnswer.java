package app.heyblue.testing.town;

import java.net.ConnectException;

/** The connection broke, or nobody listens. */
public final class NoAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean asked;

  NoAnswer(Throwable cause) {
    super(cause);
    this.asked = !(cause instanceof ConnectException);
  }

  /** Whether the server may have heard the request, so that it isn't known what it did. */
  public boolean isAsked() {
    return asked;
  }
}
