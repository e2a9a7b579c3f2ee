package app.heyblue.catalogs.http;

import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.CatalogsConfig;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.postgres.ChangeList;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.refresh.Refresher;
import app.heyblue.catalogs.refresh.Spool;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.Uuids;
import app.heyblue.postgres.Database;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
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
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Refreshing the charities and seeing what that did; for admins. */
@Path("/api/v1/catalogs/charities")
@Tag(name = "Catalogs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class RefreshesResource {
  private static final String PATH = "/api/v1/catalogs/charities/refreshes/";
  private static final int LONGEST_NAME = 100;

  private final Refresher refresher;
  private final Spool spool;
  private final CatalogsConfig config;
  private final ChangeList changes;
  private final Database database;
  private final IdGenerator ids;
  private final RefreshTable refreshes = new RefreshTable();

  RefreshesResource(
      Refresher refresher,
      Spool spool,
      CatalogsConfig config,
      ChangeList changes,
      Database database,
      IdGenerator ids) {
    this.refresher = refresher;
    this.spool = spool;
    this.config = config;
    this.changes = changes;
    this.database = database;
    this.ids = ids;
  }

  /** A refresh that has begun. */
  record Begun(UUID id) {}

  /** Which of the configured sources to refresh from. */
  record FromSource(@NotBlank @Size(max = 100) @Nullable String source) {}

  @POST
  @Path("/refreshes")
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "refreshCharitiesFromFile",
      summary = "Refresh the charities from an EO BMF extract of the IRS",
      description =
          "Applied whole or not at all, in the background; ask for its status. Only the states"
              + " that the file has rows of are touched.")
  @APIResponse(responseCode = "202", description = "Begun")
  @APIResponse(responseCode = "409", description = "Another refresh is running")
  public Response upload(@RestForm("file") @Nullable FileUpload file) {
    if (file == null) {
      throw ProblemException.invalid("file", "Send the extract as the multipart field `file`.");
    }
    java.nio.file.Path kept = spool.keep(file.uploadedFile(), ids.next());
    boolean begun = false;
    try {
      UUID id = refresher.start(kept, name(file.fileName()), () -> spool.remove(kept));
      begun = true;
      return accepted(id);
    } finally {
      if (!begun) {
        spool.remove(kept);
      }
    }
  }

  @POST
  @Path("/refreshes")
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      operationId = "refreshCharitiesFromSource",
      summary = "Refresh the charities from a configured source")
  @APIResponse(responseCode = "202", description = "Begun")
  @APIResponse(responseCode = "409", description = "Another refresh is running")
  @APIResponse(responseCode = "422", description = "No such source is configured")
  public Response fromSource(@NotNull @Valid FromSource body) {
    String path = config.sources().get(body.source());
    if (path == null) {
      throw CatalogProblems.UNKNOWN_SOURCE.raise(knownSources());
    }
    return accepted(
        refresher.refreshCharities(java.nio.file.Path.of(path), String.valueOf(body.source())));
  }

  @GET
  @Path("/refreshes")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "All refreshes of the charities, the newest first")
  public Page<RefreshStatus> list(@BeanParam @Valid PageRequest page) {
    return Page.from(
        database.read(tx -> refreshes.list(tx, page)), page, refresh -> refresh.id().toString());
  }

  @GET
  @Path("/refreshes/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "How a refresh stands, or how it ended")
  public RefreshStatus status(@PathParam("id") UUID id) {
    return refresher.status(id);
  }

  @GET
  @Path("/changes")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "What a refresh added, changed and removed, by EIN",
      description =
          "Without `refresh`: the latest that was applied. A refresh that runs or was refused"
              + " changed nothing.")
  public Page<ChangeList.Change> changes(
      @Parameter(description = "The id of a refresh.") @QueryParam("refresh")
          @Nullable String refresh,
      @BeanParam @Valid PageRequest page) {
    if (refresh != null && !refresh.isEmpty()) {
      return changesOf(refresher.status(refreshId(refresh)).id(), page);
    }
    return changes.latest().map(id -> changesOf(id, page)).orElseGet(() -> Page.of(List.of()));
  }

  private static UUID refreshId(String text) {
    try {
      return Uuids.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("refresh", "Not the id of a refresh.");
    }
  }

  private Page<ChangeList.Change> changesOf(UUID refresh, PageRequest page) {
    return Page.from(changes.of(refresh, page), page, change -> change.ein().value());
  }

  private static Response accepted(UUID id) {
    return Response.accepted(new Begun(id)).location(URI.create(PATH + id)).build();
  }

  private String knownSources() {
    return config.sources().isEmpty()
        ? "No source is configured here. Upload a file instead."
        : "Configured are: " + String.join(", ", new TreeSet<>(config.sources().keySet())) + ".";
  }

  /** A file's name is the client's word: shown in lists, used for nothing. */
  private static String name(@Nullable String fileName) {
    String plain =
        Optional.ofNullable(fileName)
            .orElse("")
            .codePoints()
            .filter(c -> !Character.isISOControl(c))
            .limit(LONGEST_NAME)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return plain.isBlank() ? "upload" : plain;
  }
}
