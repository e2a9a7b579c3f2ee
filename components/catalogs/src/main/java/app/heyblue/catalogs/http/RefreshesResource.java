package app.heyblue.catalogs.http;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.postgres.ChangeList;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.security.Budget;
import app.heyblue.security.Roles;
import app.heyblue.security.Spends;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Refreshing the charities, seeing what that did and undoing it; for admins. */
@Path("/api/v1/catalogs/charities")
@Tag(name = "Catalogs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class RefreshesResource {
  private final RefreshDesk desk;
  private final ChangeList changes;

  RefreshesResource(RefreshDesk desk, ChangeList changes) {
    this.desk = desk;
    this.changes = changes;
  }

  @POST
  @Path("/refreshes")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "refreshCharitiesFromFile",
      summary = "Refresh the charities from a file of the IRS",
      description =
          "An EO BMF extract, or Publication 78, which says who may receive deductible gifts; a ZIP"
              + " of one of them, too. Applied whole or not at all, in the background; ask for its"
              + " status. Of an extract, only the states that it has rows of are touched.")
  @APIResponse(responseCode = "202", description = "Begun")
  @APIResponse(responseCode = "409", description = "Another refresh is running")
  @Spends(Budget.COSTLY)
  public Response upload(@RestForm("file") @Nullable FileUpload file) {
    return desk.upload(CatalogName.CHARITIES, file);
  }

  @POST
  @Path("/refreshes")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "refreshCharitiesFromSource",
      summary = "Refresh the charities from a configured source",
      description =
          "Where the source has nothing new, the refresh is applied and its reason says so.")
  @APIResponse(responseCode = "202", description = "Begun")
  @APIResponse(responseCode = "409", description = "Another refresh is running")
  @APIResponse(responseCode = "422", description = "No such source is configured")
  @Spends(Budget.COSTLY)
  public Response fromSource(@NotNull @Valid FromSource body) {
    return desk.fromSource(CatalogName.CHARITIES, String.valueOf(body.source()));
  }

  @GET
  @Path("/refreshes")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "All refreshes of the charities, the newest first")
  public Page<RefreshStatus> list(@BeanParam @Valid PageRequest page) {
    return desk.list(CatalogName.CHARITIES, page);
  }

  @GET
  @Path("/refreshes/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "How a refresh of the charities stands, or how it ended")
  public RefreshStatus status(@PathParam("id") UUID id) {
    return desk.status(CatalogName.CHARITIES, id);
  }

  @POST
  @Path("/refreshes/{id}/undo")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "undoRefreshOfCharities",
      summary = "Undo a refresh of the charities",
      description =
          "The latest that changed something, then the one before it, each once. It goes on in the"
              + " background as a refresh of its own, whose `undoes` names this one.")
  @APIResponse(responseCode = "202", description = "Begun")
  @APIResponse(
      responseCode = "409",
      description = "Another has to be undone first, this can't be, or a refresh is running")
  @Spends(Budget.COSTLY)
  public Response undo(@PathParam("id") UUID id) {
    return desk.undo(CatalogName.CHARITIES, id);
  }

  @GET
  @Path("/changes")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "What a refresh of the charities added, changed and removed, by EIN",
      description =
          "Without `refresh`: the latest extract that was applied. A refresh that runs or was"
              + " refused changed nothing.")
  public Page<ChangeList.Change> changes(
      @Parameter(description = "The id of a refresh.") @QueryParam("refresh")
          @Nullable String refresh,
      @BeanParam @Valid PageRequest page) {
    return desk.refreshOrLatest(CatalogFormat.EO_BMF, refresh)
        .map(found -> Page.from(changes.of(found, page), page, change -> change.ein().value()))
        .orElseGet(() -> Page.of(List.of()));
  }
}
