package app.heyblue.catalogs.http;

import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.schedule.ScheduledRefreshes;
import app.heyblue.catalogs.sources.Source;
import app.heyblue.catalogs.sources.Sources;
import app.heyblue.kernel.Page;
import app.heyblue.postgres.Database;
import app.heyblue.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The configured sources and how they are doing; for admins. */
@Path("/api/v1/catalogs/sources")
@Tag(name = "Catalogs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
class SourcesResource {
  private final Sources sources;
  private final ScheduledRefreshes schedule;
  private final Database database;
  private final RefreshTable refreshes = new RefreshTable();

  SourcesResource(Sources sources, ScheduledRefreshes schedule, Database database) {
    this.sources = sources;
    this.schedule = schedule;
    this.database = database;
  }

  /**
   * A source.
   *
   * @param address without user, password and query
   * @param lastRefresh how the latest stands or ended; null where there was none
   * @param nextRun when the schedule refreshes it; null where it doesn't
   */
  record Configured(
      String name,
      CatalogName catalog,
      String address,
      @Nullable RefreshStatus lastRefresh,
      @Nullable Instant nextRun) {}

  @GET
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "The configured sources, their last refresh and when the schedule comes next")
  public Page<Configured> list() {
    return Page.of(sources.all().stream().map(this::configured).toList());
  }

  private Configured configured(Source source) {
    return new Configured(
        source.name(),
        source.catalog(),
        source.shown(),
        database.read(tx -> refreshes.latestOf(tx, source.catalog(), source.name())).orElse(null),
        schedule.next(source).orElse(null));
  }
}
