package app.heyblue.notifications.http;

import app.heyblue.notifications.push.Subscriptions;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where the caller's browsers are pushed to. */
@Path("/api/v1/me/push-subscriptions")
@Tag(name = "Notifications")
@Produces(MediaType.APPLICATION_JSON)
class PushSubscriptionsResource {
  private final Subscriptions subscriptions;
  private final CurrentCaller caller;

  PushSubscriptionsResource(Subscriptions subscriptions, CurrentCaller caller) {
    this.subscriptions = subscriptions;
    this.caller = caller;
  }

  /**
   * A subscription as {@code PushSubscription.toJSON()} writes it.
   *
   * @param endpoint the push service's address for this browser; https
   * @param expirationTime is ignored
   */
  record NewSubscription(
      @NotNull @Size(max = 2048) String endpoint,
      @Nullable Long expirationTime,
      @NotNull @Valid Keys keys) {
    @Override
    public String toString() {
      return "NewSubscription";
    }
  }

  /**
   * The browser's side of the encryption (RFC 8291).
   *
   * @param p256dh its key on P-256, uncompressed, in base64url
   * @param auth 16 bytes, in base64url
   */
  record Keys(@NotNull @Size(max = 100) String p256dh, @NotNull @Size(max = 30) String auth) {
    @Override
    public String toString() {
      return "Keys";
    }
  }

  /** A subscription's name. */
  record Made(UUID id) {}

  @POST
  @Authenticated
  @Operation(
      summary = "Have this browser told by Web Push",
      description =
          "It's told what PUT /me/notification-preferences switches on under `push`, while no"
              + " live socket is open. Five at most; the oldest goes. It ends with the session.")
  @APIResponse(
      responseCode = "201",
      description = "The subscription's id",
      content = @Content(schema = @Schema(implementation = Made.class)))
  public Response subscribe(@NotNull @Valid NewSubscription body) {
    UUID id =
        subscriptions.add(caller.get(), body.endpoint(), body.keys().p256dh(), body.keys().auth());
    return Response.status(Response.Status.CREATED).entity(new Made(id)).build();
  }

  @DELETE
  @Authenticated
  @Operation(summary = "Push nothing to any of the caller's browsers any more")
  @APIResponse(responseCode = "204", description = "There are none any more")
  public Response unsubscribeAll() {
    Caller me = caller.get();
    subscriptions.removeAll(me.userId());
    return Response.noContent().build();
  }

  @DELETE
  @Path("/{id}")
  @Authenticated
  @Operation(summary = "Push nothing to one of the caller's browsers any more")
  @APIResponse(responseCode = "204", description = "It's gone")
  public Response unsubscribe(@PathParam("id") UUID id) {
    subscriptions.remove(caller.get().userId(), id);
    return Response.noContent().build();
  }
}
