package app.heyblue.security.http;

import app.heyblue.security.CurrentCaller;
import app.heyblue.security.identity.PasswordChange;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changing one's password. */
@Path("/api/v1/password-changes")
@Tag(name = "Sessions")
class PasswordChangeResource {
  private final PasswordChange change;
  private final CurrentCaller caller;

  PasswordChangeResource(PasswordChange change, CurrentCaller caller) {
    this.change = change;
    this.caller = caller;
  }

  record Change(
      @NotNull @Size(min = 1, max = 1000) String currentPassword,
      @NotNull @Size(min = 8, max = 200) String password) {
    @Override
    public String toString() {
      return "Change[…]";
    }
  }

  @POST
  @Authenticated
  @Operation(summary = "Change one's password; all other sessions end")
  @APIResponse(responseCode = "204", description = "Changed")
  @APIResponse(responseCode = "400", description = "The present password is wrong")
  @APIResponse(responseCode = "429", description = "Too many failed attempts")
  public void change(@NotNull @Valid Change body) {
    change.change(caller.get(), body.currentPassword(), body.password());
  }
}
