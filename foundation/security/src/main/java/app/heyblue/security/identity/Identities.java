package app.heyblue.security.identity;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What other packages of this room may know of identities, in a transaction of theirs. */
@ApplicationScoped
public class Identities {
  /** Whose address it is. */
  public Optional<UserId> byEmail(Handle tx, byte[] emailFingerprint) {
    return IdentityTable.byEmail(tx, emailFingerprint).map(StoredIdentity::userId);
  }

  /** What a party is, if it may sign in. */
  public Optional<PartyKind> enabledKind(Handle tx, UserId party) {
    return IdentityTable.byParty(tx, party)
        .filter(StoredIdentity::enabled)
        .map(StoredIdentity::kind);
  }

  /** Whether it is the device that a party is bound to; nobody changes that meanwhile. */
  public boolean isDeviceOf(Handle tx, UserId party, byte[] deviceFingerprint) {
    return IdentityTable.hold(tx, party)
        .filter(held -> MessageDigest.isEqual(held.deviceFingerprint(), deviceFingerprint))
        .isPresent();
  }
}
