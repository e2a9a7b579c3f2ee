package app.heyblue.rules.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ETags;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.postgres.Database;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleInput;
import app.heyblue.rules.domain.RuleStatus;
import app.heyblue.rules.domain.RuleVersion;
import app.heyblue.rules.editing.RuleEditor;
import app.heyblue.rules.postgres.RuleRepository;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Rules for admins: made, changed, read, activated and retired. */
@Path("/api/v1/rules")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "Rules")
class RulesResource {
  private static final String MERGE_PATCH = "application/merge-patch+json";

  private final RuleEditor editor;
  private final RuleRepository repository;
  private final Database database;
  private final CurrentCaller caller;

  RulesResource(
      RuleEditor editor, RuleRepository repository, Database database, CurrentCaller caller) {
    this.editor = editor;
    this.repository = repository;
    this.database = database;
    this.caller = caller;
  }

  @POST
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Make a rule, as a draft",
      description =
          "`when` and `then` are CEL over the facts of the kind; docs/reference/rules.md lists"
              + " them. A mistake is answered with its line and column.")
  @APIResponse(
      responseCode = "201",
      description = "Version 1, a draft",
      content = @Content(schema = @Schema(implementation = RuleView.class)))
  public Response create(@NotNull RuleInput rule) {
    Rule created = editor.create(rule, caller.get().userId());
    return answer(Response.created(URI.create("/api/v1/rules/" + created.id())), created);
  }

  @PATCH
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Consumes(MERGE_PATCH)
  @Operation(
      summary = "Change a rule: make its next version",
      description =
          "JSON Merge Patch (RFC 7396); null removes an optional field. The next version of an"
              + " active rule decides at once. The kind can't change.")
  @RequestBody(
      content =
          @Content(
              mediaType = MERGE_PATCH,
              schema =
                  @Schema(
                      implementation = RuleInput.class,
                      requiredProperties = {})))
  @APIResponse(
      responseCode = "200",
      description = "The next version",
      content = @Content(schema = @Schema(implementation = RuleView.class)))
  public Response patch(
      @PathParam("id") UUID id,
      @HeaderParam(HttpHeaders.IF_MATCH) @Nullable String ifMatch,
      @NotNull String patch)
      throws JsonProcessingException {
    return answer(
        Response.ok(), editor.patch(id, ifMatch, Bodies.object(patch), caller.get().userId()));
  }

  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Rules, by kind and status")
  public Page<RuleView> list(
      @Parameter(schema = @Schema(implementation = RuleKind.class)) @QueryParam("kind")
          @Nullable String kind,
      @Parameter(schema = @Schema(implementation = RuleStatus.class)) @QueryParam("status")
          @Nullable String status,
      @BeanParam @Valid PageRequest page) {
    RuleKind ofKind = parsed("kind", kind, RuleKind::parse);
    RuleStatus ofStatus = parsed("status", status, RuleStatus::parse);
    List<Rule> found = database.read(tx -> repository.list(tx, ofKind, ofStatus, page));
    return Page.from(found, page, rule -> rule.id().toString()).map(RuleView::of);
  }

  @GET
  @Path("/{id}")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "A rule in its current version")
  @APIResponse(
      responseCode = "200",
      description = "The rule; its ETag names the version",
      content = @Content(schema = @Schema(implementation = RuleView.class)))
  public Response one(@PathParam("id") UUID id) {
    return answer(Response.ok(), found(id));
  }

  @GET
  @Path("/{id}/versions")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "A rule's versions, the first first")
  public Page<RuleVersionView> versions(
      @PathParam("id") UUID id, @BeanParam @Valid PageRequest page) {
    Rule rule = found(id);
    List<RuleVersion> versions = database.read(tx -> repository.versions(tx, rule.id(), page));
    return Page.from(versions, page, version -> String.valueOf(version.version()))
        .map(RuleVersionView::of);
  }

  @POST
  @Path("/{id}/activation")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Let a rule decide, everywhere within a second")
  @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(
      responseCode = "200",
      description = "The rule, active",
      content = @Content(schema = @Schema(implementation = RuleView.class)))
  public Response activate(@PathParam("id") UUID id, @Nullable String empty)
      throws JsonProcessingException {
    Bodies.requireEmpty(empty);
    return answer(Response.ok(), editor.activate(id));
  }

  @POST
  @Path("/{id}/retirement")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Let a rule decide no longer")
  @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
  @APIResponse(
      responseCode = "200",
      description = "The rule, retired",
      content = @Content(schema = @Schema(implementation = RuleView.class)))
  public Response retire(@PathParam("id") UUID id, @Nullable String empty)
      throws JsonProcessingException {
    Bodies.requireEmpty(empty);
    return answer(Response.ok(), editor.retire(id));
  }

  private Rule found(UUID id) {
    return database
        .read(tx -> repository.find(tx, id))
        .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("There is no rule with this id."));
  }

  private static Response answer(Response.ResponseBuilder answer, Rule rule) {
    return answer
        .entity(RuleView.of(rule))
        .header(HttpHeaders.ETAG, ETags.of(rule.current().version()))
        .build();
  }

  private static <T> @Nullable T parsed(
      String parameter, @Nullable String text, Function<String, T> parser) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid(parameter, String.valueOf(e.getMessage()) + ".");
    }
  }
}
