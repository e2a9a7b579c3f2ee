package app.heyblue.tracking.postgres;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Where civilians were within the last day, in pieces and as ciphertext. */
public final class TrackTable {
  private TrackTable() {}

  /**
   * A piece of somebody's track.
   *
   * @param from when its first position was
   */
  public record Piece(UserId civilian, Instant from, byte[] sealed) {}

  public static void add(Handle tx, List<Piece> pieces) {
    tx.createUpdate(
            """
            insert into tracking.track (civilian, from_at, positions)
            select civilian, to_timestamp(millis / 1000.0), positions
            from unnest(:civilians, :froms, :positions) piece (civilian, millis, positions)
            on conflict (civilian, from_at) do update set positions = excluded.positions
            """)
        .bind("civilians", pieces.stream().map(p -> p.civilian().value()).toArray(UUID[]::new))
        .bind("froms", pieces.stream().map(p -> p.from().toEpochMilli()).toArray(Long[]::new))
        .bind("positions", pieces.stream().map(Piece::sealed).toArray(byte[][]::new))
        .execute();
  }

  /** The pieces of one person, oldest first. */
  public static List<Piece> of(Handle tx, UserId civilian) {
    return tx.createQuery(
            "select from_at, positions from tracking.track where civilian = :id order by from_at")
        .bind("id", civilian.value())
        .map(
            (row, context) ->
                new Piece(
                    civilian, row.getObject(1, OffsetDateTime.class).toInstant(), row.getBytes(2)))
        .list();
  }

  public static void forget(Handle tx, UserId civilian) {
    tx.createUpdate("delete from tracking.track where civilian = :id")
        .bind("id", civilian.value())
        .execute();
  }

  /** Deletes what began before; at most so many pieces. */
  public static int forgetBefore(Handle tx, Instant time, int most) {
    return tx.createUpdate(
            """
            delete from tracking.track where (civilian, from_at) in (
              select civilian, from_at from tracking.track where from_at < :time
              order by from_at limit :most)
            """)
        .bind("time", at(time))
        .bind("most", most)
        .execute();
  }

  private static OffsetDateTime at(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }
}
