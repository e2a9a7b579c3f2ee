package app.heyblue.users.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ETags;
import app.heyblue.security.CurrentCaller;
import app.heyblue.users.Profile;
import app.heyblue.users.Users;
import app.heyblue.users.profiles.ProfileEditor;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The caller's own profile. */
@Path("/api/v1/me")
@Tag(name = "Users")
@Produces(MediaType.APPLICATION_JSON)
class MeResource {
  private final Users users;
  private final ProfileEditor editor;
  private final CurrentCaller caller;

  MeResource(Users users, ProfileEditor editor, CurrentCaller caller) {
    this.users = users;
    this.editor = editor;
    this.caller = caller;
  }

  @GET
  @Authenticated
  @Operation(summary = "The caller's own profile, with its ETag")
  @APIResponse(
      responseCode = "200",
      description = "The profile",
      content = @Content(schema = @Schema(implementation = Me.class)))
  public Response read() {
    return answer(
        users
            .find(caller.get().userId())
            .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("There is no profile of yours.")));
  }

  @PATCH
  @Authenticated
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(summary = "Change the caller's own profile; needs If-Match")
  @APIResponse(
      responseCode = "200",
      description = "The profile after the change",
      content = @Content(schema = @Schema(implementation = Me.class)))
  @APIResponse(responseCode = "412", description = "Somebody changed it since")
  @APIResponse(responseCode = "428", description = "If-Match is missing")
  public Response change(
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @NotNull @Valid MeChange change) {
    return answer(editor.change(caller.get().userId(), ifMatch, change.wish()));
  }

  private static Response answer(Profile profile) {
    return Response.ok(Me.of(profile))
        .header(HttpHeaders.ETAG, ETags.of(profile.version()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }
}
