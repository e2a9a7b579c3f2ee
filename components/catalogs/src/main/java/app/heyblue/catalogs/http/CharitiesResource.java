package app.heyblue.catalogs.http;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.postgres.CharityTable;
import app.heyblue.catalogs.search.CharitySearch;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.security.Budget;
import app.heyblue.security.Spends;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Looking for charities; for everybody. */
@Path("/api/v1/catalogs/charities")
@Tag(name = "Catalogs")
@Produces(MediaType.APPLICATION_JSON)
class CharitiesResource {
  private final CharityTable charities;
  private final CharitySearch searches;

  CharitiesResource(CharityTable charities, CharitySearch searches) {
    this.charities = charities;
    this.searches = searches;
  }

  @GET
  @PermitAll
  @Operation(
      summary = "Look for charities by name, place, cause or EIN",
      description =
          "Case, word order, accents, punctuation and small misspellings don't matter, and the"
              + " beginning of a word stands for it. Words may name the city, the state, the ZIP"
              + " code or a cause, which narrows down the many that share a name. A query that is"
              + " an EIN finds that charity. Without a query: all, by EIN.")
  @APIResponse(responseCode = "200", description = "The best first")
  @APIResponse(responseCode = "503", description = "The search index is being built")
  @Spends(Budget.SEARCH)
  public Page<Charity> search(
      @Parameter(description = "Words of the name, the place or the cause, or an EIN.")
          @QueryParam("query")
          @Size(max = 200)
          @Pattern(regexp = "[^\\x00-\\x1f\\x7f]*", message = "must not hold control characters")
          @Nullable String query,
      @Parameter(description = "Two letters.")
          @QueryParam("state")
          @Pattern(regexp = "([A-Za-z]{2})?", message = "must be the two letters of a state")
          @Nullable String state,
      @BeanParam @Valid PageRequest page) {
    String wanted = query == null ? "" : query.strip();
    String inState = state == null || state.isEmpty() ? null : state.toUpperCase(Locale.ROOT);
    if (wanted.isEmpty()) {
      return charities.list(inState, page);
    }
    Optional<Charity> byEin =
        parse(wanted)
            .flatMap(charities::find)
            .filter(charity -> inState == null || inState.equals(charity.state()));
    return byEin.isPresent()
        ? Page.of(List.of(byEin.get()))
        : searches.search(wanted, inState, page);
  }

  @GET
  @Path("/{ein}")
  @PermitAll
  @Operation(summary = "The charity with an EIN, written 123456789 or 12-3456789")
  @APIResponse(responseCode = "200", description = "The charity")
  @APIResponse(responseCode = "404", description = "The catalog has no such charity")
  public Charity one(@PathParam("ein") String ein) {
    return parse(ein)
        .flatMap(charities::find)
        .orElseThrow(
            () ->
                CommonProblems.NOT_FOUND.raise(
                    "The catalog has no charity with this EIN; an EIN has nine digits."));
  }

  private static Optional<Ein> parse(String text) {
    try {
      return Optional.of(Ein.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
