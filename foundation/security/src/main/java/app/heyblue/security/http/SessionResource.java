package app.heyblue.security.http;

import app.heyblue.security.CurrentCaller;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.Session;
import app.heyblue.security.identity.Sessions;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Signing in, going on and signing out. */
@Path("/api/v1/sessions")
@Tag(name = "Sessions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class SessionResource {
  private final IdentityProvider identities;
  private final Sessions sessions;
  private final CurrentCaller caller;

  SessionResource(IdentityProvider identities, Sessions sessions, CurrentCaller caller) {
    this.identities = identities;
    this.sessions = sessions;
    this.caller = caller;
  }

  /** Credentials as a person enters them. */
  record SignIn(
      @NotNull @Size(min = 1, max = 320) String email,
      @NotNull @Size(min = 1, max = 1000) String password,
      @NotNull @Pattern(regexp = "[!-~]{1,100}", message = "1 to 100 visible ASCII characters")
          String deviceId) {
    @Override
    public String toString() {
      return "SignIn[…]";
    }
  }

  record Refresh(@NotNull @Size(min = 1, max = 200) String refreshToken) {
    @Override
    public String toString() {
      return "Refresh[…]";
    }
  }

  @POST
  @PermitAll
  @Operation(summary = "Sign in by e-mail address and password")
  @APIResponse(
      responseCode = "201",
      description = "A session",
      content = @Content(schema = @Schema(implementation = Session.class)))
  @APIResponse(responseCode = "401", description = "Address or password is wrong")
  @APIResponse(responseCode = "403", description = "The account belongs to another device")
  @APIResponse(responseCode = "429", description = "Too many failed attempts with this address")
  public Response signIn(@NotNull @Valid SignIn body) {
    Session session = identities.signIn(body.email(), body.password(), body.deviceId());
    return answer(Response.created(URI.create("/api/v1/sessions/current")), session);
  }

  @POST
  @Path("/refresh")
  @PermitAll
  @Operation(summary = "Change a refresh token for fresh tokens; each is good once")
  @APIResponse(
      responseCode = "200",
      description = "The session goes on",
      content = @Content(schema = @Schema(implementation = Session.class)))
  @APIResponse(responseCode = "401", description = "The token isn't good any more")
  public Response refresh(@NotNull @Valid Refresh body) {
    return answer(Response.ok(), sessions.refresh(body.refreshToken()));
  }

  @DELETE
  @Path("/current")
  @Authenticated
  @Operation(summary = "Sign out: the session's tokens are refused from now on")
  @APIResponse(responseCode = "204", description = "Signed out")
  public void signOut() {
    sessions.signOut(caller.get());
  }

  private static Response answer(Response.ResponseBuilder answer, Session session) {
    return answer.entity(session).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
