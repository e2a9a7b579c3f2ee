package app.heyblue.scoring.domain;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Scoring;
import app.heyblue.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Whose id a viewer may see in entries and statements: nobody but itself and admins sees a
 * family's, and a family sees no giver's.
 */
public record Visibility(Caller viewer) {
  /**
   * The id, or null where the viewer may not see it.
   *
   * @param kind what the account's party is; null for issuance, which is public, and for an account
   *     that is no longer there, which is hidden
   */
  public @Nullable UserId show(UserId account, @Nullable PartyKind kind) {
    if (account.equals(Scoring.ISSUANCE) || viewer.isAdmin() || viewer.userId().equals(account)) {
      return account;
    }
    if (kind == null) {
      return null;
    }
    return switch (kind) {
      case FAMILY -> null;
      // Only these two give.
      case CIVILIAN, OFFICER -> viewer.kind() == PartyKind.FAMILY ? null : account;
      case CHARITY, MERCHANT, ADMIN -> account;
    };
  }
}
