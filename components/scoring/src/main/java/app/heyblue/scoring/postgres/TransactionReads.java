package app.heyblue.scoring.postgres;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.StoredTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reads transactions and statements. An account's entries are numbered, so that a page is an index
 * range wherever it lies.
 */
public final class TransactionReads {
  private static final String TRANSACTION =
      """
      t.id, t.kind, t.rule_id, t.rule_version, t.explanation, t.reverses,
        encode(t.message_sealed, 'base64') as message, t.recorded_at, s.accounts, s.kinds, s.points
      from %s
      cross join lateral (
        select array_agg(e.account order by e.ordinal) as accounts,
          array_agg(a.kind order by e.ordinal) as kinds,
          array_agg(e.points order by e.ordinal) as points
        from scoring.entry e left join scoring.account a on a.user_id = e.account
        where e.transaction_id = t.id) s
      """;

  private TransactionReads() {}

  /** A transaction of somebody's list at its place there. */
  public record Listed(long place, StoredTransaction transaction) {}

  /**
   * A line of a statement.
   *
   * @param place its number in the account
   * @param balance all points of the account afterwards
   * @param counterparty the other party; null where it's issuance alone
   */
  public record StatementLine(
      long place,
      UUID transactionId,
      TransactionKind kind,
      long points,
      long balance,
      @Nullable UserId counterparty,
      @Nullable PartyKind counterpartyKind,
      Instant at) {}

  public static Optional<StoredTransaction> find(Handle tx, UUID id) {
    return tx.createQuery(
            "select " + TRANSACTION.formatted("scoring.transaction t") + " where t.id = :id")
        .bind("id", id)
        .map((row, context) -> transaction(row))
        .findOne();
  }

  /** The transactions of a party, newest first, before a place of its account. */
  public static List<Listed> ofParty(
      Handle tx, UserId party, @Nullable TransactionKind kind, long before, int limit) {
    return tx.createQuery(
            "select mine.account_position, "
                + TRANSACTION.formatted(
                    "scoring.entry mine join scoring.transaction t on t.id = mine.transaction_id")
                + """
                where mine.account = :party and mine.account_position < :before
                  and (:kind::text is null or t.kind = :kind)
                order by mine.account_position desc limit :limit
                """)
        .bind("party", party.value())
        .bind("kind", kind == null ? null : kind.toString())
        .bind("before", before)
        .bind("limit", limit)
        .map((row, context) -> new Listed(row.getLong("account_position"), transaction(row)))
        .list();
  }

  /** An account's entries, newest first, before a place. */
  public static List<StatementLine> statement(Handle tx, UserId party, long before, int limit) {
    return tx.createQuery(
            """
            select mine.account_position, mine.transaction_id, t.kind, mine.points,
              mine.balance_after, other.account, other.kind as other_kind, t.recorded_at
            from scoring.entry mine
            join scoring.transaction t on t.id = mine.transaction_id
            left join lateral (
              select e.account, a.kind from scoring.entry e
              join scoring.account a on a.user_id = e.account
              where e.transaction_id = t.id and e.account <> :party
              order by e.ordinal limit 1) other on true
            where mine.account = :party and mine.account_position < :before
            order by mine.account_position desc limit :limit
            """)
        .bind("party", party.value())
        .bind("before", before)
        .bind("limit", limit)
        .map((row, context) -> line(row))
        .list();
  }

  private static StatementLine line(ResultSet row) throws SQLException {
    UUID other = row.getObject("account", UUID.class);
    String otherKind = row.getString("other_kind");
    return new StatementLine(
        row.getLong("account_position"),
        row.getObject("transaction_id", UUID.class),
        TransactionKind.parse(row.getString("kind")),
        row.getLong("points"),
        row.getLong("balance_after"),
        other == null ? null : new UserId(other),
        otherKind == null ? null : PartyKind.parse(otherKind),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant());
  }

  private static StoredTransaction transaction(ResultSet row) throws SQLException {
    String message = row.getString("message");
    return new StoredTransaction(
        row.getObject("id", UUID.class),
        TransactionKind.parse(row.getString("kind")),
        entries(row),
        row.getObject("rule_id", UUID.class),
        row.getObject("rule_version", Integer.class),
        List.of((String[]) row.getArray("explanation").getArray()),
        row.getObject("reverses", UUID.class),
        message == null ? null : message.replace("\n", ""),
        row.getObject("recorded_at", OffsetDateTime.class).toInstant());
  }

  private static List<StoredTransaction.Entry> entries(ResultSet row) throws SQLException {
    UUID[] accounts = (UUID[]) row.getArray("accounts").getArray();
    @Nullable String[] kinds = (@Nullable String[]) row.getArray("kinds").getArray();
    Long[] points = (Long[]) row.getArray("points").getArray();
    List<StoredTransaction.Entry> entries = new ArrayList<>();
    for (int i = 0; i < accounts.length; i++) {
      String kind = kinds[i];
      entries.add(
          new StoredTransaction.Entry(
              new UserId(accounts[i]), kind == null ? null : PartyKind.parse(kind), points[i]));
    }
    return entries;
  }
}
