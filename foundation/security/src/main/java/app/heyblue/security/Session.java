package app.heyblue.security;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;

/**
 * What a sign-in gives; the contract's answer.
 *
 * @param accessToken a signed JWT
 * @param refreshToken opaque, good for one refresh
 * @param expiresIn seconds that the access token lives
 */
public record Session(
    String accessToken, String refreshToken, long expiresIn, UserId userId, PartyKind kind) {
  @Override
  public String toString() {
    return "Session[" + userId + "]";
  }
}
