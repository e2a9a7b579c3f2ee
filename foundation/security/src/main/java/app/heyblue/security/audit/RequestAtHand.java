package app.heyblue.security.audit;

import app.heyblue.security.Caller;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The request in which the current thread works, if there is one. */
public interface RequestAtHand {
  /** Empty where the system works by itself. */
  Optional<Origin> find();

  /**
   * Notes, when it's run, that the request has left a record of what it changed; by any thread,
   * while the request waits for it.
   */
  Runnable recording();

  /**
   * Where a request came from.
   *
   * @param caller null where it has no valid token
   * @param address the network address that it came from
   * @param requestId the same for all records of one request
   */
  record Origin(@Nullable Caller caller, @Nullable String address, UUID requestId) {}
}
