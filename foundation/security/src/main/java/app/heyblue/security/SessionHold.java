package app.heyblue.security;

import org.jdbi.v3.core.Handle;

/** Sessions, for what must end with them. */
public interface SessionHold {
  /**
   * Whether the caller's session goes on. If it does, it can't end before the transaction does: so
   * whoever takes {@code app.heyblue.session.ended.v1} in finds what the transaction stored.
   */
  boolean goesOn(Handle tx, Caller caller);
}
