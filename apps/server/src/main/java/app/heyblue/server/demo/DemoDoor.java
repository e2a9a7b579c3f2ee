package app.heyblue.server.demo;

import app.heyblue.kernel.CommonProblems;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where there are no demo data, nothing of theirs is there, whatever a request looks like. */
@Provider
class DemoDoor implements ContainerRequestFilter {
  private final boolean demo;

  DemoDoor(@ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.demo = demo;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    if (!demo && request.getUriInfo().getPath().startsWith("/api/v1/demo/")) {
      throw CommonProblems.NOT_FOUND.raise("There are no demo data here.");
    }
  }
}
