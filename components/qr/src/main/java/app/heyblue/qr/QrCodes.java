package app.heyblue.qr;

import app.heyblue.kernel.UserId;

/** Makes and reads the codes that a civilian shows. */
public interface QrCodes {
  /** Makes a code for a civilian, good for 60 seconds and one scan. */
  QrCode issue(UserId civilian);

  /**
   * Reads a token.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code qr-invalid} 422 for what we didn't sign or
   *     was altered, {@code qr-expired} 422)
   */
  QrClaim verify(String token);
}
