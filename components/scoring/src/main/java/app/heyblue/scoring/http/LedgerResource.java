package app.heyblue.scoring.http;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.chain.HeadSigner;
import app.heyblue.scoring.chain.LedgerExport;
import app.heyblue.scoring.domain.Chain;
import app.heyblue.scoring.domain.Head;
import app.heyblue.scoring.postgres.ChainTable;
import app.heyblue.security.Budget;
import app.heyblue.security.Roles;
import app.heyblue.security.Spends;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What shows that the books are right and unaltered. */
@Path("/api/v1/ledger")
@Tag(name = "Scoring")
public class LedgerResource {
  private final Database database;
  private final HeadSigner signer;
  private final LedgerExport export;

  public LedgerResource(Database database, HeadSigner signer, LedgerExport export) {
    this.database = database;
    this.signer = signer;
    this.export = export;
  }

  /**
   * The books counted again.
   *
   * @param sum of all accounts, issuance included: zero
   * @param position how many transactions the newest head covers
   * @param signature of the head; null before the first one
   */
  public record Proof(
      long transactions,
      long accounts,
      long sum,
      long position,
      String headHash,
      @Nullable String signature) {}

  /**
   * A page of heads, and the key that checks their signatures.
   *
   * @param publicKey Ed25519, SubjectPublicKeyInfo (RFC 8410) in base64
   */
  public record Heads(List<Head> items, @Nullable String next, String publicKey) {}

  @GET
  @Path("/proof")
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "All entries counted again, and the newest signed head")
  @Spends(Budget.COSTLY)
  public Proof proof() {
    return database.read(
        tx -> {
          ChainTable.Books books = ChainTable.recount(tx);
          Optional<Head> head = ChainTable.newestHead(tx);
          return new Proof(
              books.transactions(),
              books.accounts(),
              books.sum(),
              head.map(Head::position).orElse(0L),
              head.map(Head::hash).orElse(Chain.GENESIS),
              head.map(Head::signature).orElse(null));
        });
  }

  @GET
  @Path("/export")
  @Produces({"application/x-ndjson", MediaType.WILDCARD})
  @RolesAllowed(Roles.ADMIN)
  @Operation(
      summary = "The whole ledger, for checking by anybody, without telling who is who",
      description = "One canonical JSON document a line; the last one is the newest head.")
  @APIResponse(responseCode = "200", description = "The lines, as the reference describes them.")
  @Spends(Budget.COSTLY)
  public Response export() {
    StreamingOutput lines = export::write;
    return Response.ok(lines, "application/x-ndjson")
        .header("Content-Disposition", "attachment; filename=\"heyblue-ledger.ndjson\"")
        .build();
  }

  @GET
  @Path("/heads")
  @PermitAll
  @Operation(summary = "The signed heads, newest first: keep one to check a later export")
  public Heads heads(@BeanParam @Valid PageRequest page) {
    long below = page.placeAsLong().orElse(Long.MAX_VALUE);
    Page<Head> heads =
        Page.from(
            database.read(tx -> ChainTable.heads(tx, below, page.limit() + 1)),
            page,
            head -> Long.toString(head.position()));
    return new Heads(heads.items(), heads.next(), signer.publicKey());
  }
}
