package app.heyblue.security.http;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.IdentityProvider;
import app.heyblue.security.RateLimit;
import app.heyblue.security.RateLimits;
import app.heyblue.security.Session;
import app.heyblue.security.identity.OpenSession;
import app.heyblue.security.identity.Sessions;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Signing in, going on and signing out. */
@Path("/api/v1/sessions")
@Tag(name = "Sessions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
class SessionResource {
  private static final RateLimit WRONG_REFRESHES =
      new RateLimit("refresh", 300, Duration.ofHours(1));
  private final IdentityProvider identities;
  private final Sessions sessions;
  private final RateLimits limits;
  private final CurrentCaller caller;

  SessionResource(
      IdentityProvider identities, Sessions sessions, RateLimits limits, CurrentCaller caller) {
    this.identities = identities;
    this.sessions = sessions;
    this.limits = limits;
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
  @APIResponse(responseCode = "429", description = "Too many failed attempts")
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
  @APIResponse(responseCode = "429", description = "Too many wrong tokens from this address")
  public Response refresh(@NotNull @Valid Refresh body) {
    return answer(
        Response.ok(),
        limits.countRefusals(WRONG_REFRESHES, () -> sessions.refresh(body.refreshToken())));
  }

  @GET
  @Authenticated
  @Operation(summary = "One's own sessions that go on, the newest first")
  public Page<OpenSession> list(@BeanParam @Valid PageRequest page) {
    return sessions.list(caller.get(), page);
  }

  @DELETE
  @Authenticated
  @Operation(summary = "Sign out everywhere; an admin ends all sessions of the party in userId")
  @APIResponse(responseCode = "204", description = "All tokens are refused from now on")
  public void signOutEverywhere(
      @Parameter(description = "Whose sessions; one's own without it.") @QueryParam("userId")
          @Nullable String userId) {
    UserId party = userId == null || userId.isEmpty() ? caller.get().userId() : id(userId);
    caller.requireSelfOrAdmin(party);
    sessions.endAll(caller.get(), party);
  }

  @DELETE
  @Path("/{id}")
  @Authenticated
  @Operation(summary = "End one of one's own sessions")
  @APIResponse(responseCode = "204", description = "Its tokens are refused from now on")
  public void end(@PathParam("id") UUID id) {
    sessions.end(caller.get(), id);
  }

  @DELETE
  @Path("/current")
  @Authenticated
  @Operation(summary = "Sign out: the session's tokens are refused from now on")
  @APIResponse(responseCode = "204", description = "Signed out")
  public void signOut() {
    sessions.signOut(caller.get());
  }

  private static UserId id(String text) {
    try {
      return UserId.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("userId", "Not the id of a party.");
    }
  }

  private static Response answer(Response.ResponseBuilder answer, Session session) {
    return answer.entity(session).header(HttpHeaders.CACHE_CONTROL, "no-store").build();
  }
}
