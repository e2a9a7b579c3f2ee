package app.heyblue.catalogs.http;

import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.postgres.DelistingTable;
import app.heyblue.catalogs.postgres.DelistingTable.Decision;
import app.heyblue.catalogs.postgres.DelistingTable.Delisting;
import app.heyblue.catalogs.refresh.Listings;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.postgres.Database;
import app.heyblue.security.Roles;
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
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Charities that a refresh removed, and what a person decides on them; for admins. */
@Path("/api/v1/catalogs/charities")
@Tag(name = "Catalogs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class DelistingsResource {
  private final Listings listings;
  private final Database database;
  private final DelistingTable table = new DelistingTable();

  DelistingsResource(Listings listings, Database database) {
    this.listings = listings;
    this.database = database;
  }

  /**
   * A decision.
   *
   * @param decision {@code keep}: it receives although it isn't listed; {@code drop}: it doesn't
   * @param note why, for other admins
   */
  record Review(
      @NotNull
          @Pattern(regexp = "keep|drop", message = "must be keep or drop")
          @Schema(enumeration = {"keep", "drop"})
          @Nullable String decision,
      @Size(max = 1000)
          @Pattern(
              regexp = "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*",
              message = "must not hold control characters")
          @Nullable String note) {}

  @GET
  @Path("/delistings")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "The charities that a refresh removed and that aren't back, by EIN",
      description = "They keep their accounts and receive nothing, unless a review lets them.")
  public Page<Delisting> list(@BeanParam @Valid PageRequest page) {
    return Page.from(
        database.read(tx -> table.list(tx, page)), page, delisting -> delisting.ein().value());
  }

  @POST
  @Path("/{ein}/review")
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "Decide whether a charity that isn't listed any more may receive",
      description = "Holds until it is back in the catalog; another review may decide otherwise.")
  @APIResponse(responseCode = "200", description = "Decided")
  @APIResponse(responseCode = "404", description = "No refresh has removed it, or it is back")
  public Delisting review(@PathParam("ein") String ein, @NotNull @Valid Review review) {
    return listings.review(
        parse(ein),
        Decision.valueOf(String.valueOf(review.decision()).toUpperCase(Locale.ROOT)),
        review.note());
  }

  private static Ein parse(String text) {
    try {
      return Ein.parse(text);
    } catch (IllegalArgumentException e) {
      throw CommonProblems.NOT_FOUND.raise("An EIN has nine digits.");
    }
  }
}
