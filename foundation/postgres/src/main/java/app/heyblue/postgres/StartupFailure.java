package app.heyblue.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Why HeyBlue can't start: one plain sentence or two for the person at the terminal, saying what to
 * do. The launcher prints the message and nothing else.
 */
public final class StartupFailure extends RuntimeException {
  public StartupFailure(String sentence) {
    super(sentence);
  }

  public StartupFailure(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }
}
