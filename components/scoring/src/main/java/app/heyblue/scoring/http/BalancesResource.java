package app.heyblue.scoring.http;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.Balance;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Visibility;
import app.heyblue.scoring.postgres.TransactionReads;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import io.quarkus.security.Authenticated;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Balances and statements. */
@Path("/api/v1/balances")
@Tag(name = "Scoring")
public class BalancesResource {
  private final Scoring scoring;
  private final Database database;
  private final CurrentCaller caller;

  public BalancesResource(Scoring scoring, Database database, CurrentCaller caller) {
    this.scoring = scoring;
    this.database = database;
    this.caller = caller;
  }

  /**
   * A line of a statement.
   *
   * @param balance all points afterwards, held or not
   * @param counterparty the other party, where there is one and the viewer may see it
   */
  public record StatementItem(
      UUID transactionId,
      TransactionKind kind,
      long points,
      long balance,
      @Nullable UserId counterparty,
      Instant at) {}

  @GET
  @Path("/me")
  @Authenticated
  @Operation(summary = "What the caller has")
  public Balance mine() {
    return scoring.balance(caller.get().userId());
  }

  @GET
  @Path("/{userId}")
  @Authenticated
  @Operation(summary = "What a party has; for itself and admins")
  public Balance of(@PathParam("userId") UUID userId) {
    UserId party = new UserId(userId);
    caller.requireSelfOrAdmin(party);
    return scoring.balance(party);
  }

  @GET
  @Path("/me/entries")
  @Authenticated
  @Operation(summary = "The caller's statement, newest first")
  public Page<StatementItem> statement(@BeanParam @Valid PageRequest page) {
    Caller viewer = caller.get();
    Visibility visibility = new Visibility(viewer);
    long before = page.placeAsLong().orElse(Long.MAX_VALUE);
    return Page.from(
            database.read(
                tx -> TransactionReads.statement(tx, viewer.userId(), before, page.limit() + 1)),
            page,
            line -> Long.toString(line.place()))
        .map(line -> item(line, visibility));
  }

  private static StatementItem item(TransactionReads.StatementLine line, Visibility visibility) {
    UserId other = line.counterparty();
    return new StatementItem(
        line.transactionId(),
        line.kind(),
        line.points(),
        line.balance(),
        other == null ? null : visibility.show(other, line.counterpartyKind()),
        line.at());
  }
}
