package app.heyblue.security.identity;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.security.PasswordHash;

/** A row of {@code security.identity}. */
record StoredIdentity(
    UserId userId,
    PartyKind kind,
    byte[] emailSealed,
    PasswordHash password,
    byte[] deviceFingerprint,
    boolean enabled) {}
