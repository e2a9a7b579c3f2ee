package app.heyblue.security.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The caller as the framework's identity of the request says; for worker threads. */
@ApplicationScoped
class RequestCaller implements CurrentCaller {
  private final CurrentIdentityAssociation identity;

  RequestCaller(CurrentIdentityAssociation identity) {
    this.identity = identity;
  }

  @Override
  public Optional<Caller> find() {
    return Arc.container().requestContext().isActive()
        ? Callers.of(identity.getIdentity())
        : Optional.empty();
  }

  @Override
  public Caller get() {
    return find()
        .orElseThrow(
            () -> CommonProblems.UNAUTHENTICATED.raise("Send an access token with this request."));
  }

  @Override
  public void requireSelfOrAdmin(UserId party) {
    if (!get().isAdmin()) {
      requireSelf(party);
    }
  }

  @Override
  public void requireSelf(UserId party) {
    if (!get().userId().equals(party)) {
      throw CommonProblems.FORBIDDEN.raise("This belongs to somebody else.");
    }
  }
}
