package app.heyblue.security;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import java.util.Optional;

/** The caller of the request at hand. */
public interface CurrentCaller {
  /** The caller, or empty where the request has no token. */
  Optional<Caller> find();

  /**
   * The caller.
   *
   * @throws ProblemException ({@code unauthenticated}) where the request has no token
   */
  Caller get();

  /**
   * Checks that the caller is this party or an admin.
   *
   * @throws ProblemException ({@code forbidden}) for anybody else
   */
  void requireSelfOrAdmin(UserId party);

  /**
   * Checks that the caller is this party.
   *
   * @throws ProblemException ({@code forbidden}) for anybody else
   */
  void requireSelf(UserId party);
}
