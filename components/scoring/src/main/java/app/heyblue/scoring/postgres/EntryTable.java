package app.heyblue.scoring.postgres;

import app.heyblue.kernel.UserId;
import app.heyblue.rules.RuleRef;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.domain.Content;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.TransactionRecorded;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Transactions and their entries: written once, with the balances that they lead to. */
public final class EntryTable {
  private EntryTable() {}

  /**
   * Writes a transaction, its entries and the new balances in one statement. The accounts are
   * locked.
   *
   * @param salts one for each movement, null for issuance
   * @return the entries with the balances afterwards, in order
   */
  public static List<TransactionRecorded.Entry> record(
      Handle tx, Posting posting, Content content, List<byte @Nullable []> salts) {
    RuleRef rule = posting.grounds().rule();
    return tx.createQuery(
            """
            with movement as (
              select account, points, decode(salt, 'hex') as salt, ordinal
              from unnest(:accounts, :points, :salts)
                with ordinality as m(account, points, salt, ordinal)),
            recorded as (
              insert into scoring.transaction (id, kind, rule_id, rule_version, explanation,
                reverses, message_sealed, recorded_at, content_hash)
              values (:id, :kind, :rule, :version, :explanation, :reverses,
                decode(:message, 'base64'), :at, decode(:hash, 'hex'))),
            moved as (
              update scoring.account a set points = a.points + m.points, entries = a.entries + 1
              from movement m where a.user_id = m.account
              returning a.user_id, a.points, a.entries),
            written as (
              insert into scoring.entry (transaction_id, ordinal, account, points, salt,
                balance_after, account_position)
              select :id, m.ordinal, m.account, m.points, m.salt, a.points, a.entries
              from movement m left join moved a on a.user_id = m.account
              returning ordinal, account, points, balance_after)
            select account, points, balance_after from written order by ordinal
            """)
        .bindArray("accounts", UUID.class, accounts(posting))
        .bindArray(
            "points", Long.class, posting.movements().stream().map(Movement::points).toList())
        .bindArray("salts", String.class, salts.stream().map(EntryTable::hex).toList())
        .bind("id", content.id())
        .bind("kind", content.kind().toString())
        .bind("rule", rule == null ? null : rule.ruleId())
        .bind("version", rule == null ? null : rule.version())
        .bindArray("explanation", String.class, posting.grounds().explanation())
        .bind("reverses", posting.reverses())
        .bind("message", posting.messageSealed())
        .bind("at", OffsetDateTime.ofInstant(content.recordedAt(), ZoneOffset.UTC))
        .bind("hash", content.hash())
        .map(
            (row, context) ->
                new TransactionRecorded.Entry(
                    new UserId(row.getObject(1, UUID.class)),
                    row.getLong(2),
                    row.getObject(3, Long.class)))
        .list();
  }

  /** Whether a transaction has been reversed; certain while its accounts are locked. */
  public static boolean isReversed(Handle tx, UUID transaction) {
    return tx.createQuery(
            "select exists (select from scoring.transaction where reverses = :transaction)")
        .bind("transaction", transaction)
        .mapTo(Boolean.class)
        .one();
  }

  /** What issuance has: as much below zero as all others have together. */
  public static long issuanceBalance(Handle tx) {
    return tx.createQuery(
            "select coalesce(sum(points), 0)::bigint from scoring.entry where account = :issuance")
        .bind("issuance", Scoring.ISSUANCE.value())
        .mapTo(Long.class)
        .one();
  }

  private static List<UUID> accounts(Posting posting) {
    return posting.movements().stream().map(m -> m.account().value()).toList();
  }

  private static @Nullable String hex(byte @Nullable [] salt) {
    return salt == null ? null : HexFormat.of().formatHex(salt);
  }
}
