package app.heyblue.security.http;

import app.heyblue.security.tokens.AccessTokens;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The public keys of access tokens, where others look for them. */
@Path("/.well-known/jwks.json")
@Tag(name = "Sessions")
class KeySetResource {
  private final AccessTokens tokens;

  KeySetResource(AccessTokens tokens) {
    this.tokens = tokens;
  }

  @GET
  @PermitAll
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(summary = "The public keys by which access tokens are verified (RFC 7517)")
  public Response keys() {
    return Response.ok(tokens.publicKeys())
        .header(HttpHeaders.CACHE_CONTROL, "public, max-age=300")
        .build();
  }
}
