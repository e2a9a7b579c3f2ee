package app.heyblue.scoring.http;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.kernel.Uuids;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.Visibility;
import app.heyblue.scoring.ledger.Giving;
import app.heyblue.scoring.ledger.Ledger;
import app.heyblue.scoring.ledger.Reversals;
import app.heyblue.scoring.postgres.TransactionReads;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import app.heyblue.security.Roles;
import app.heyblue.security.SealedReferences;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.quarkus.security.Authenticated;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Gifts, reversals, and what was recorded. */
@Path("/api/v1/transactions")
@Tag(name = "Scoring")
public class TransactionsResource {
  private static final String RECIPIENT = "recipient";

  private final Giving giving;
  private final Reversals reversals;
  private final Database database;
  private final CurrentCaller caller;
  private final SealedReferences references;

  public TransactionsResource(
      Giving giving,
      Reversals reversals,
      Database database,
      CurrentCaller caller,
      SealedReferences references) {
    this.giving = giving;
    this.reversals = reversals;
    this.database = database;
    this.caller = caller;
    this.references = references;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed({Roles.CIVILIAN, Roles.OFFICER})
  @Operation(summary = "Give points to a charity, a family or another officer")
  @APIResponse(responseCode = "201", description = "Given; `Location` is the transaction.")
  @APIResponse(
      responseCode = "422",
      description = "The rules say no, the points don't suffice, or the parties don't fit.")
  public Response give(
      @HeaderParam("Idempotency-Key") @Nullable String key, @NotNull @Valid NewGift body) {
    IdempotencyKey parsed = IdempotencyKey.parse(key);
    Giving.Gift gift =
        new Giving.Gift(body.kind(), recipient(body.to()), body.points(), body.message());
    return created(giving.give(caller.get().userId(), parsed, gift));
  }

  @GET
  @Path("/{id}")
  @Authenticated
  @Operation(summary = "A transaction of the caller, or any for admins")
  public TransactionView find(@PathParam("id") UUID id) {
    Caller viewer = caller.get();
    return database
        .read(tx -> TransactionReads.find(tx, id))
        .filter(found -> viewer.isAdmin() || found.isPartiedBy(viewer.userId()))
        .map(found -> view(found, viewer))
        .orElseThrow(() -> CommonProblems.NOT_FOUND.raise("You have no transaction of this id."));
  }

  @GET
  @Authenticated
  @Operation(summary = "The caller's transactions, newest first")
  public Page<TransactionView> list(
      @QueryParam("kind") @Nullable String kind, @BeanParam @Valid PageRequest page) {
    Caller viewer = caller.get();
    TransactionKind only = kind == null || kind.isEmpty() ? null : kind(kind);
    long before = page.placeAsLong().orElse(Long.MAX_VALUE);
    return Page.from(
            database.read(
                tx ->
                    TransactionReads.ofParty(tx, viewer.userId(), only, before, page.limit() + 1)),
            page,
            row -> Long.toString(row.place()))
        .map(row -> view(row.transaction(), viewer));
  }

  @POST
  @Path("/{id}/reversal")
  @Consumes(MediaType.WILDCARD) // a request without a body has no type
  @RolesAllowed(Roles.ADMIN)
  @Operation(summary = "Undo a transaction by its exact opposite, once at most")
  @RequestBody(
      description = "None, or an empty object.",
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = NoBody.class)))
  @APIResponse(responseCode = "201", description = "Reversed; `Location` is the reversal.")
  @APIResponse(responseCode = "409", description = "It was reversed before.")
  @APIResponse(
      responseCode = "422",
      description = "It's final, or an account can't cover the reversal.")
  public Response reverse(
      @PathParam("id") UUID id,
      @HeaderParam("Idempotency-Key") @Nullable String key,
      @Nullable String body)
      throws JsonProcessingException {
    NoBody.require(body);
    return created(reversals.reverse(caller.get().userId(), IdempotencyKey.parse(key), id));
  }

  private Response created(Ledger.Once<StoredTransaction> once) {
    StoredTransaction transaction = once.answer();
    Response.ResponseBuilder answer =
        Response.created(URI.create("/api/v1/transactions/" + transaction.id()))
            .entity(view(transaction, caller.get()));
    return (once.replayed() ? answer.header("Idempotency-Replayed", "true") : answer).build();
  }

  private TransactionView view(StoredTransaction transaction, Caller viewer) {
    return TransactionView.of(
        transaction,
        new Visibility(viewer),
        transaction.isPartiedBy(viewer.userId()) ? giving.message(transaction).orElse(null) : null);
  }

  private UserId recipient(String to) {
    return references
        .open(RECIPIENT, to)
        .map(UserId::new)
        .orElseGet(
            () -> {
              try {
                return new UserId(Uuids.parse(to));
              } catch (IllegalArgumentException e) {
                throw Giving.unknownRecipient();
              }
            });
  }

  private static TransactionKind kind(String text) {
    try {
      return TransactionKind.parse(text);
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("kind", String.valueOf(e.getMessage()));
    }
  }
}
