package app.heyblue.notifications.http;

import app.heyblue.notifications.push.Subscriptions;
import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What browsers subscribe to pushes with. */
@Path("/api/v1/push-key")
@Tag(name = "Notifications")
@Produces(MediaType.APPLICATION_JSON)
class PushKeyResource {
  private final Subscriptions subscriptions;

  PushKeyResource(Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  /**
   * What to subscribe with.
   *
   * @param applicationServerKey a key on P-256, uncompressed, in base64url
   */
  record PushKey(String applicationServerKey) {}

  @GET
  @Authenticated
  @Operation(summary = "The key that browsers subscribe with (VAPID, RFC 8292)")
  public PushKey key() {
    return new PushKey(subscriptions.serverKey());
  }
}
