package app.heyblue.server.demo;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;

/** Somebody of the demo town, as {@code /demo/people} lists them. */
record DemoPerson(UserId userId, PartyKind kind, String displayName) {}
