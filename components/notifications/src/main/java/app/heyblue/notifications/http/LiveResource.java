package app.heyblue.notifications.http;

import app.heyblue.notifications.NotificationsProblems;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Answers whoever comes to the live socket without asking for one. */
@Path("/api/v1/live")
@Tag(name = "Notifications")
class LiveResource {
  @GET
  @PermitAll
  @Operation(
      summary = "The live socket (RFC 6455); the token comes in its first message",
      description =
          "Open it with a WebSocket client and send `{\"token\": \"<access token>\"}`"
              + " within 10 s; `{\"type\": \"welcome\", \"expiresAt\": …}` answers. Send"
              + " a new token before the old one runs out. Further messages are JSON objects with"
              + " one member, such as `positions`. docs/guides/live.md has all of it.")
  @APIResponse(responseCode = "101", description = "The connection is a socket now")
  @APIResponse(responseCode = "426", description = "Not asked for as a socket")
  public Response open() {
    throw NotificationsProblems.SOCKET_ONLY.raise(
        "Open this address with a WebSocket client, over HTTP/1.1.");
  }
}
