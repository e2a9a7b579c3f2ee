package app.heyblue.security;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import java.util.UUID;

/**
 * Who makes this request, as its access token says.
 *
 * @param sessionId the session that the token belongs to
 */
public record Caller(UserId userId, PartyKind kind, UUID sessionId) {
  public boolean isAdmin() {
    return kind == PartyKind.ADMIN;
  }
}
