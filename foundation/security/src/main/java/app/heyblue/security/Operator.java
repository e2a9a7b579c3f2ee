package app.heyblue.security;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;

/** The operator at the command line of this machine: an admin without an account. */
public final class Operator {
  /** A fixed, published id, by which the audit trail names the operator. */
  public static final UserId USER_ID = UserId.parse("00000000-0000-7000-8000-000000000002");

  /** The operator as a caller; there is no session behind it. */
  public static final Caller CALLER = new Caller(USER_ID, PartyKind.ADMIN, USER_ID.value());

  private Operator() {}
}
