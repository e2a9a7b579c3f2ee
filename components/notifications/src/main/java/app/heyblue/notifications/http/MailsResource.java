package app.heyblue.notifications.http;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.postgres.LetterList;
import app.heyblue.notifications.postgres.LetterStatus;
import app.heyblue.notifications.postgres.LetterView;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Whether letters get out, for admins. */
@Path("/api/v1/notifications/mails")
@Tag(name = "Notifications")
@Produces(MediaType.APPLICATION_JSON)
class MailsResource {
  private final LetterList letters;

  MailsResource(LetterList letters) {
    this.letters = letters;
  }

  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Letters of the last 30 days, newest first",
      description = "Without their readers' addresses and without what they say.")
  public Page<LetterView> list(
      @Parameter(description = "queued, sent or givenUp; all without it") @QueryParam("status")
          @Nullable String status,
      @BeanParam @Valid PageRequest page) {
    return letters.find(
        Optional.ofNullable(status).filter(text -> !text.isEmpty()).map(MailsResource::parse),
        page);
  }

  private static LetterStatus parse(String text) {
    return LetterStatus.find(text)
        .orElseThrow(
            () ->
                ProblemException.invalid(
                    "status", "Say status=queued, status=sent or status=givenUp."));
  }
}
