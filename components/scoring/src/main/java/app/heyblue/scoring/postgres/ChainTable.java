package app.heyblue.scoring.postgres;

import app.heyblue.kernel.UserId;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Chain;
import app.heyblue.scoring.domain.Content;
import app.heyblue.scoring.domain.Head;
import app.heyblue.scoring.domain.LedgerLine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The chain over the transactions and its signed heads. */
public final class ChainTable {
  private ChainTable() {}

  /**
   * A transaction in the chain, and the head that was signed there, if any.
   *
   * @param link with the content made anew from the tables, and the hash that was stored
   */
  public record Exported(LedgerLine.Link link, @Nullable Head head) {}

  /** The end of the chain. */
  public record End(long position, String hash) {}

  /**
   * The whole books counted again.
   *
   * @param sum of all balances and of issuance's entries: zero
   */
  public record Books(long transactions, long accounts, long sum) {}

  /** Chains recorded transactions after the last one, in order, but those in the chain already. */
  public static void append(Handle tx, List<UUID> transactions) {
    Map<UUID, String> contents = unchained(tx, transactions);
    if (contents.isEmpty()) {
      return;
    }
    End end = end(tx);
    long position = end.position();
    String hash = end.hash();
    List<UUID> ids = new ArrayList<>();
    List<Long> positions = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (UUID transaction : transactions) {
      String content = contents.remove(transaction); // once, however often it's named
      if (content != null) {
        hash = Chain.next(hash, content);
        ids.add(transaction);
        positions.add(++position);
        hashes.add(hash);
      }
    }
    tx.createUpdate(
            """
            insert into scoring.chain (position, transaction_id, chained_hash)
            select position, id, decode(hash, 'hex')
            from unnest(:positions, :ids, :hashes) as u(position, id, hash)
            """)
        .bindArray("positions", Long.class, positions)
        .bindArray("ids", UUID.class, ids)
        .bindArray("hashes", String.class, hashes)
        .execute();
  }

  private static Map<UUID, String> unchained(Handle tx, List<UUID> transactions) {
    return tx.createQuery(
            """
            select t.id, encode(t.content_hash, 'hex') as hash from scoring.transaction t
            where t.id = any(:ids)
              and not exists (select from scoring.chain c where c.transaction_id = t.id)
            """)
        .bindArray("ids", UUID.class, transactions)
        .reduceRows(
            new HashMap<>(),
            (contents, row) -> {
              contents.put(row.getColumn("id", UUID.class), row.getColumn("hash", String.class));
              return contents;
            });
  }

  public static End end(Handle tx) {
    return tx.createQuery(
            """
            select position, encode(chained_hash, 'hex') from scoring.chain
            order by position desc limit 1
            """)
        .map((row, context) -> new End(row.getLong(1), row.getString(2)))
        .findOne()
        .orElse(new End(0, Chain.GENESIS));
  }

  /** Publishes a head, unless there is one for its position. */
  public static void publish(Handle tx, Head head) {
    tx.createUpdate(
            """
            insert into scoring.head (position, hash, signature, signed_at)
            values (:position, decode(:hash, 'hex'), decode(:signature, 'base64'), :at)
            on conflict do nothing
            """)
        .bind("position", head.position())
        .bind("hash", head.hash())
        .bind("signature", head.signature())
        .bind("at", OffsetDateTime.ofInstant(head.signedAt(), ZoneOffset.UTC))
        .execute();
  }

  /** Heads below a position, newest first. */
  public static List<Head> heads(Handle tx, long below, int limit) {
    return tx.createQuery(
            """
            select position as head_position, hash, signature, signed_at from scoring.head
            where position < :below order by position desc limit :limit
            """)
        .bind("below", below)
        .bind("limit", limit)
        .map((row, context) -> head(row))
        .list();
  }

  public static Optional<Head> newestHead(Handle tx) {
    return heads(tx, Long.MAX_VALUE, 1).stream().findFirst();
  }

  /** Counts everything again, in one snapshot. */
  public static Books recount(Handle tx) {
    return tx.createQuery(
            """
            select (select count(*) from scoring.transaction),
              (select count(*) from scoring.account),
              (select coalesce(sum(points), 0) from scoring.account)
                + (select coalesce(sum(points), 0) from scoring.entry
                   where account_position is null)
            """)
        .map((row, context) -> new Books(row.getLong(1), row.getLong(2), row.getLong(3)))
        .one();
  }

  /** The part of the chain after a position, in order. */
  public static List<Exported> part(Handle tx, long after, long upTo, int limit) {
    return tx.createQuery(
            """
            select c.position, encode(c.chained_hash, 'hex') as chained,
              encode(t.content_hash, 'hex') as content, t.id, t.kind, t.recorded_at, t.rule_id,
              t.rule_version, t.reverses, t.message_sealed, e.accounts, e.points, e.salts,
              h.position as head_position, h.hash, h.signature, h.signed_at
            from scoring.chain c
            join scoring.transaction t on t.id = c.transaction_id
            cross join lateral (
              select array_agg(account order by ordinal) as accounts,
                array_agg(points order by ordinal) as points,
                array_agg(salt order by ordinal) as salts
              from scoring.entry where transaction_id = t.id) e
            left join scoring.head h on h.position = c.position
            where c.position > :after and c.position <= :upTo
            order by c.position limit :limit
            """)
        .bind("after", after)
        .bind("upTo", upTo)
        .bind("limit", limit)
        .map((row, context) -> exported(row))
        .list();
  }

  private static Exported exported(ResultSet row) throws SQLException {
    byte[] message = row.getBytes("message_sealed");
    Content content =
        new Content(
            row.getObject("id", UUID.class),
            TransactionKind.parse(row.getString("kind")),
            row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
            row.getObject("rule_id", UUID.class),
            row.getObject("rule_version", Integer.class),
            row.getObject("reverses", UUID.class),
            message == null ? null : Base64.getEncoder().encodeToString(message),
            entries(row));
    return new Exported(
        new LedgerLine.Link(
            row.getLong("position"), content, row.getString("content"), row.getString("chained")),
        row.getObject("head_position") == null ? null : head(row));
  }

  private static List<Content.Entry> entries(ResultSet row) throws SQLException {
    UUID[] accounts = (UUID[]) row.getArray("accounts").getArray();
    Long[] points = (Long[]) row.getArray("points").getArray();
    byte @Nullable [][] salts = (byte @Nullable [][]) row.getArray("salts").getArray();
    List<Content.Entry> entries = new ArrayList<>();
    for (int i = 0; i < accounts.length; i++) {
      entries.add(Content.Entry.of(new UserId(accounts[i]), salts[i], points[i]));
    }
    return entries;
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(
        row.getLong("head_position"),
        HexFormat.of().formatHex(row.getBytes("hash")),
        Base64.getEncoder().encodeToString(row.getBytes("signature")),
        row.getObject("signed_at", OffsetDateTime.class).toInstant());
  }
}
