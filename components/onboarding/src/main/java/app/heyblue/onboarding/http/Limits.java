package app.heyblue.onboarding.http;

import app.heyblue.security.RateLimit;
import java.time.Duration;
import java.util.HexFormat;

/** What one network address may ask of us: enough for a hall full of people on one network. */
final class Limits {
  private static final Duration HOUR = Duration.ofHours(1);
  static final RateLimit APPLICATIONS = new RateLimit("applications", 100, HOUR);
  static final RateLimit CODES = new RateLimit("codes", 100, HOUR);
  static final RateLimit WRONG_CODES = new RateLimit("wrong-codes", 100, HOUR);

  /** Codes for one address, so that nobody uses up what its reader may be mailed. */
  static RateLimit codesTo(byte[] address) {
    return new RateLimit("codes-to-" + HexFormat.of().formatHex(address), 3, HOUR);
  }

  private Limits() {}
}
