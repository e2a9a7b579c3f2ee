package app.heyblue.security;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;

/** Credentials to be created. The e-mail address as the person wrote it. */
public record NewIdentity(
    UserId userId, PartyKind kind, String email, PasswordHash password, String deviceId) {}
