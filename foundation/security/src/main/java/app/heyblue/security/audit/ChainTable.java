package app.heyblue.security.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The chain over the trail, its signed heads, and what waits to be chained. */
final class ChainTable {
  private ChainTable() {}

  /** A record's place in the chain. */
  record Place(long position, UUID id, String hash) {}

  /** A place with what stands there, and the head that was signed there, if any. */
  record Exported(AuditLine.Link link, @Nullable AuditHead head) {}

  /** How many records there are, on the chain and not yet. */
  record Counts(long records, long chained, long pending) {}

  /** Lets one process at a time chain. */
  static void lock(Handle tx) {
    tx.execute("select pg_advisory_xact_lock(hashtextextended('security.audit_chain', 0))");
  }

  static Optional<Place> end(Handle tx) {
    return tx.createQuery(
            """
            select position, audit_id, encode(hash, 'hex') from security.audit_chain
            order by position desc limit 1
            """)
        .map(
            (row, context) ->
                new Place(row.getLong(1), row.getObject(2, UUID.class), row.getString(3)))
        .findOne();
  }

  static Optional<AuditHead> newestHead(Handle tx) {
    return tx.createQuery(
            """
            select position as head_position, hash as head_hash, signature, signed_at
            from security.audit_head order by position desc limit 1
            """)
        .map((row, context) -> head(row))
        .findOne();
  }

  /** What waits, oldest first. */
  static List<AuditTable.Row> pending(Handle tx, int limit) {
    return tx.createQuery(
            "select "
                + AuditTable.COLUMNS
                + """
                 from security.audit_pending p join security.audit a using (id)
                order by id limit :limit
                """)
        .bind("limit", limit)
        .map((row, context) -> AuditTable.read(row))
        .list();
  }

  static void append(Handle tx, List<Place> places, AuditHead head) {
    tx.createUpdate(
            """
            insert into security.audit_chain (position, audit_id, hash)
            select position, id, decode(hash, 'hex')
            from unnest(:positions, :ids, :hashes) as u(position, id, hash)
            """)
        .bindArray("positions", Long.class, places.stream().map(Place::position).toList())
        .bindArray("ids", UUID.class, places.stream().map(Place::id).toList())
        .bindArray("hashes", String.class, places.stream().map(Place::hash).toList())
        .execute();
    tx.createUpdate(
            """
            insert into security.audit_head (position, hash, signature, signed_at)
            values (:position, decode(:hash, 'hex'), decode(:signature, 'base64'), :at)
            """)
        .bind("position", head.position())
        .bind("hash", head.hash())
        .bind("signature", head.signature())
        .bind("at", OffsetDateTime.ofInstant(head.signedAt(), ZoneOffset.UTC))
        .execute();
    tx.createUpdate("delete from security.audit_pending where id = any (:ids)")
        .bindArray("ids", UUID.class, places.stream().map(Place::id).toList())
        .execute();
  }

  /** How many records wait. */
  static long countPending(Handle tx) {
    return tx.createQuery("select count(*) from security.audit_pending").mapTo(Long.class).one();
  }

  static Counts count(Handle tx) {
    return tx.createQuery(
            """
            select (select count(*) from security.audit),
              (select count(*) from security.audit_chain),
              (select count(*) from security.audit_pending)
            """)
        .map((row, context) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3)))
        .one();
  }

  /** The part of the chain after a position, in order. */
  static List<Exported> part(Handle tx, long after, long upTo, int limit) {
    return tx.createQuery(
            "select c.position, encode(c.hash, 'hex') as chained,"
                + " h.position as head_position, h.hash as head_hash, h.signature, h.signed_at, "
                + AuditTable.COLUMNS
                + """
                 from security.audit_chain c
                left join security.audit a on a.id = c.audit_id
                left join security.audit_head h on h.position = c.position
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
    return new Exported(
        new AuditLine.Link(
            row.getString("chained"),
            row.getLong("position"),
            row.getObject("id") == null ? null : AuditTable.read(row).content()),
        row.getObject("head_position") == null ? null : head(row));
  }

  private static AuditHead head(ResultSet row) throws SQLException {
    return new AuditHead(
        row.getLong("head_position"),
        HexFormat.of().formatHex(row.getBytes("head_hash")),
        Base64.getEncoder().encodeToString(row.getBytes("signature")),
        row.getObject("signed_at", OffsetDateTime.class).toInstant());
  }
}
