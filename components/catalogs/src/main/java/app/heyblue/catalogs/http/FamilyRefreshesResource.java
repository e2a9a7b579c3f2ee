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

/** Refreshing the families, who themselves are never listed; for admins. */
@Path("/api/v1/catalogs/families")
@Tag(name = "Catalogs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class FamilyRefreshesResource {
  private final RefreshDesk desk;
  private final ChangeList changes;

  FamilyRefreshesResource(RefreshDesk desk, ChangeList changes) {
    this.desk = desk;
    this.changes = changes;
  }

  @POST
  @Path("/refreshes")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "refreshFamiliesFromFile",
      summary = "Refresh the families from a state's CSV",
      description =
          "Columns case_number, state, zip, and where known cause and valid_until. Of a case number"
              + " only a fingerprint is kept. Applied whole or not at all, in the background; only"
              + " the states that the file has rows of are touched.")
  @APIResponse(responseCode = "202", description = "Begun")
  @APIResponse(responseCode = "409", description = "Another refresh is running")
  @Spends(Budget.COSTLY)
  public Response upload(@RestForm("file") @Nullable FileUpload file) {
    return desk.upload(CatalogName.FAMILIES, file);
  }

  @POST
  @Path("/refreshes")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "refreshFamiliesFromSource",
      summary = "Refresh the families from a configured source")
  @APIResponse(responseCode = "202", description = "Begun")
  @APIResponse(responseCode = "409", description = "Another refresh is running")
  @APIResponse(responseCode = "422", description = "No such source is configured")
  @Spends(Budget.COSTLY)
  public Response fromSource(@NotNull @Valid FromSource body) {
    return desk.fromSource(CatalogName.FAMILIES, String.valueOf(body.source()));
  }

  @GET
  @Path("/refreshes")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "All refreshes of the families, the newest first")
  public Page<RefreshStatus> list(@BeanParam @Valid PageRequest page) {
    return desk.list(CatalogName.FAMILIES, page);
  }

  @GET
  @Path("/refreshes/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "How a refresh of the families stands, or how it ended")
  public RefreshStatus status(@PathParam("id") UUID id) {
    return desk.status(CatalogName.FAMILIES, id);
  }

  @POST
  @Path("/refreshes/{id}/undo")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "undoRefreshOfFamilies",
      summary = "Undo a refresh of the families",
      description =
          "The latest that changed something, then the one before it, each once. It goes on in the"
              + " background as a refresh of its own, whose `undoes` names this one.")
  @APIResponse(responseCode = "202", description = "Begun")
  @APIResponse(
      responseCode = "409",
      description = "Another has to be undone first, this can't be, or a refresh is running")
  @Spends(Budget.COSTLY)
  public Response undo(@PathParam("id") UUID id) {
    return desk.undo(CatalogName.FAMILIES, id);
  }

  @GET
  @Path("/changes")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Which families a refresh added, changed and removed, by ids that say nothing",
      description = "Without `refresh`: the latest that was applied.")
  public Page<ChangeList.FamilyChange> changes(
      @Parameter(description = "The id of a refresh.") @QueryParam("refresh")
          @Nullable String refresh,
      @BeanParam @Valid PageRequest page) {
    return desk.refreshOrLatest(CatalogFormat.FAMILIES_CSV, refresh)
        .map(found -> Page.from(changes.ofFamilies(found, page), page, ChangeList.FamilyChange::id))
        .orElseGet(() -> Page.of(List.of()));
  }
}
