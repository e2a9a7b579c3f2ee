package app.heyblue.onboarding.http;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.onboarding.applications.Applications;
import app.heyblue.onboarding.applications.Reviews;
import app.heyblue.onboarding.domain.ApplicationView;
import app.heyblue.onboarding.domain.EvidenceRules;
import app.heyblue.onboarding.domain.Finding;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.domain.FormRules;
import app.heyblue.onboarding.domain.ReviewItem;
import app.heyblue.security.EmailFingerprints;
import app.heyblue.security.RateLimits;
import app.heyblue.security.Roles;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Applying, and deciding on applications. An application's id is all that its applicant needs. */
@Path("/api/v1/onboarding/applications")
@Tag(name = "Onboarding")
class ApplicationsResource {
  private final Applications applications;
  private final Reviews reviews;
  private final RateLimits limits;
  private final EmailFingerprints fingerprints;

  ApplicationsResource(
      Applications applications,
      Reviews reviews,
      RateLimits limits,
      EmailFingerprints fingerprints) {
    this.applications = applications;
    this.reviews = reviews;
    this.limits = limits;
    this.fingerprints = fingerprints;
  }

  /** What somebody fills in to join. */
  record NewApplication(
      @NotNull PartyKind kind,
      @NotNull
          @Size(max = FormRules.EMAIL_MAX)
          @Pattern(regexp = FormRules.EMAIL, message = FormRules.EMAIL_RULE)
          String email,
      @NotNull @Size(min = 8, max = 200) String password,
      @NotNull @Pattern(regexp = FormRules.NAME, message = FormRules.NAME_RULE) String displayName,
      @NotNull @Pattern(regexp = FormRules.ZIP, message = FormRules.ZIP_RULE) String zip,
      @NotNull @Pattern(regexp = FormRules.DEVICE_ID, message = FormRules.DEVICE_ID_RULE)
          String deviceId,
      @NotNull Map<String, @Nullable String> evidence,
      @Schema(description = "That mails are written in; without it, by Accept-Language")
          @Nullable Language language) {
    /** Nothing of it belongs in a log. */
    @Override
    public String toString() {
      return "NewApplication[" + kind + "]";
    }
  }

  record Confirmation(@NotNull @Size(max = 100) String code) {}

  enum Decision {
    @JsonProperty("approve")
    APPROVE,
    @JsonProperty("reject")
    REJECT
  }

  record Review(
      @NotNull Decision decision,
      @Nullable @Size(max = 500) @Pattern(regexp = FormRules.NOTE, message = FormRules.NOTE_RULE)
          String note) {}

  record Findings(List<Finding> items) {}

  @POST
  @PermitAll
  @Operation(summary = "Apply; a code is mailed to the address")
  @APIResponse(responseCode = "202", description = "Taken. The answer doesn't tell known addresses")
  public Response apply(@NotNull @Valid NewApplication body, @Context HttpHeaders headers) {
    if (body.kind() == PartyKind.ADMIN) {
      throw ProblemException.invalid(
          "/kind", "Administrators don't apply; the operator makes them on the command line.");
    }
    limits.take(Limits.APPLICATIONS);
    limits.take(Limits.codesTo(fingerprints.of(body.email().strip())));
    ApplicationView made =
        applications.apply(
            new Form(
                body.kind(),
                body.email(),
                body.displayName(),
                body.zip(),
                body.deviceId(),
                EvidenceRules.checked(body.kind(), body.evidence()),
                body.language() == null ? Languages.of(headers) : body.language()),
            body.password());
    return Response.accepted(made)
        .location(URI.create("/api/v1/onboarding/applications/" + made.id()))
        .build();
  }

  @POST
  @Path("/{id}/email-confirmation")
  @PermitAll
  @Operation(summary = "Confirm the address by the mailed code")
  public ApplicationView confirm(@PathParam("id") UUID id, @NotNull @Valid Confirmation body) {
    return limits.countRefusals(Limits.WRONG_CODES, () -> applications.confirm(id, body.code()));
  }

  @POST
  @Path("/{id}/code")
  @PermitAll
  @Operation(
      summary = "Mail another code, to go on with an application or to withdraw it",
      description = "The newest code counts. What is decided takes none.")
  @APIResponse(responseCode = "202", description = "Mailed. It doesn't tell known addresses")
  @APIResponse(responseCode = "409", description = "The application isn't open any more")
  @APIResponse(
      responseCode = "429",
      description =
          "Enough codes were mailed to this address, or asked for from this network address")
  public Response mailCode(@PathParam("id") UUID id) {
    limits.take(Limits.CODES);
    return Response.accepted(applications.mailCode(id)).build();
  }

  @POST
  @Path("/{id}/withdrawal")
  @PermitAll
  @Operation(
      summary = "Withdraw an application that isn't decided; everything personal is erased",
      description = "By the newest mailed code, which proves that one reads the address.")
  @APIResponse(responseCode = "409", description = "The application isn't open any more")
  public ApplicationView withdraw(@PathParam("id") UUID id, @NotNull @Valid Confirmation body) {
    return limits.countRefusals(Limits.WRONG_CODES, () -> applications.withdraw(id, body.code()));
  }

  @GET
  @Path("/{id}")
  @PermitAll
  @Operation(summary = "Where one's application stands")
  public ApplicationView view(@PathParam("id") UUID id) {
    return applications.view(id);
  }

  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Applications that wait for a review, oldest first")
  public Page<ReviewItem> waiting(
      @Parameter(description = "Only needsReview is listed.")
          @QueryParam("status")
          @NotNull
          @Pattern(regexp = "needsReview", message = "must be needsReview")
          String status,
      @BeanParam @Valid PageRequest page) {
    return reviews.waiting(page);
  }

  @GET
  @Path("/{id}/findings")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "What each validator found",
      description = "Without their texts once the application was decided.")
  public Findings findings(@PathParam("id") UUID id) {
    return new Findings(reviews.findings(id));
  }

  @POST
  @Path("/{id}/review")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Decide what the validators couldn't; a rejection's note is its reason")
  public ApplicationView review(@PathParam("id") UUID id, @NotNull @Valid Review body) {
    return switch (body.decision()) {
      case APPROVE -> reviews.approve(id, body.note());
      case REJECT -> reviews.reject(id, body.note());
    };
  }
}
