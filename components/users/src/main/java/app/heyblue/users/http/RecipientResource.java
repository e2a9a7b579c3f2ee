package app.heyblue.users.http;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.security.Budget;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import app.heyblue.security.Spends;
import app.heyblue.users.recipients.Recipient;
import app.heyblue.users.recipients.Recipients;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Joined parties whom the caller may give to. */
@Path("/api/v1/recipients")
@Tag(name = "Users")
@Produces(MediaType.APPLICATION_JSON)
class RecipientResource {
  private final Recipients recipients;
  private final CurrentCaller caller;

  RecipientResource(Recipients recipients, CurrentCaller caller) {
    this.recipients = recipients;
    this.caller = caller;
  }

  @GET
  @RolesAllowed({Roles.CIVILIAN, Roles.OFFICER})
  @Operation(
      summary = "Whom the caller may give to",
      description =
          "Charities by name; families by three digits of their ZIP and a cause only; officers, to"
              + " officers only, by agency, and by name where they show it.")
  @Spends(Budget.SEARCH)
  public Page<Recipient> list(
      @Parameter(description = "charity, family or officer", required = true) @QueryParam("kind")
          @Nullable String kind,
      @Parameter(
              description =
                  "Words that each begin a word of a charity's name, cause, ZIP or EIN, a family's"
                      + " cause or area, an officer's agency or area. Case and accents don't matter;"
                      + " where nobody is found so, a word may hold a typo.")
          @QueryParam("query")
          @Size(max = 200)
          @Nullable String query,
      @BeanParam @Valid PageRequest page) {
    return recipients.list(caller.get(), kind, query, page);
  }
}
