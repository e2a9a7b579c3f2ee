package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.Ein;
import app.heyblue.kernel.PageRequest;
import com.fasterxml.jackson.annotation.JsonValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The charities that a refresh removed and that haven't come back. */
public final class DelistingTable {
  private static final int FETCHED_AT_ONCE = 1000;

  /** What a reviewer decides on a charity that isn't listed. */
  public enum Decision {
    /** It receives although it isn't listed. */
    KEEP,
    /** It receives nothing. */
    DROP;

    @JsonValue
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A charity that was listed once.
   *
   * @param refresh the one that removed it
   * @param decision null until somebody has reviewed it: it receives nothing
   * @param note the reviewer's
   */
  public record Delisting(
      Ein ein,
      UUID refresh,
      Instant delistedAt,
      @Nullable Decision decision,
      @Nullable String note,
      @Nullable Instant decidedAt) {}

  /**
   * Remembers those that a generation removed and tells them, in the order of their EINs; bounded
   * in memory, however many they are.
   */
  public void remove(
      Handle tx, long generation, UUID refresh, Instant now, Consumer<List<String>> told) {
    tx.createUpdate(
            """
            insert into catalogs.delisting (ein, refresh, delisted_at)
            select o.ein, :refresh, :now from catalogs.charity o
            where o.until = :generation and o.until < 9223372036854775807 and not exists (
              select from catalogs.charity n where n.ein = o.ein and n.since = :generation)
            on conflict (ein) do nothing
            """)
        .bind("refresh", refresh)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .bind("generation", generation)
        .execute();
    try (Stream<String> eins =
        tx
            .createQuery("select ein from catalogs.delisting where refresh = :refresh order by ein")
            .bind("refresh", refresh)
            .setFetchSize(FETCHED_AT_ONCE)
            .mapTo(String.class)
            .stream()) {
      tellInParts(eins, told);
    }
  }

  /** Forgets those that a generation brought back and tells them. */
  public void bringBack(Handle tx, long generation, Consumer<List<String>> told) {
    try (Stream<String> eins =
        tx
            .createQuery(
                """
                with back as (
                  delete from catalogs.delisting d using catalogs.charity n
                  where n.ein = d.ein and n.since = :generation returning d.ein)
                select ein from back order by ein
                """)
            .bind("generation", generation)
            .setFetchSize(FETCHED_AT_ONCE)
            .mapTo(String.class)
            .stream()) {
      tellInParts(eins, told);
    }
  }

  private static void tellInParts(Stream<String> eins, Consumer<List<String>> told) {
    eins.gather(java.util.stream.Gatherers.windowFixed(FETCHED_AT_ONCE)).forEach(told);
  }

  /** Locked, so that a review and a refresh tell of one charity one after the other. */
  public Optional<Delisting> lock(Handle tx, Ein ein) {
    return tx.createQuery("select * from catalogs.delisting where ein = :ein for update")
        .bind("ein", ein.value())
        .map((row, context) -> delisting(row))
        .findOne();
  }

  public void decide(Handle tx, Ein ein, Decision decision, @Nullable String note, Instant now) {
    tx.createUpdate(
            """
            update catalogs.delisting set decision = :decision, note = :note, decided_at = :now
            where ein = :ein
            """)
        .bind("ein", ein.value())
        .bind("decision", decision.toString())
        .bind("note", note)
        .bind("now", now.atOffset(ZoneOffset.UTC))
        .execute();
  }

  /** By EIN, one more than a page shows. */
  public List<Delisting> list(Handle tx, PageRequest page) {
    return tx.createQuery(
            "select * from catalogs.delisting where ein > :after order by ein limit :limit")
        .bind("after", page.place().map(CharityTable::requirePlain).orElse(""))
        .bind("limit", page.limit() + 1)
        .map((row, context) -> delisting(row))
        .list();
  }

  private static Delisting delisting(ResultSet row) throws SQLException {
    String decision = row.getString("decision");
    OffsetDateTime decided = row.getObject("decided_at", OffsetDateTime.class);
    return new Delisting(
        new Ein(row.getString("ein")),
        row.getObject("refresh", UUID.class),
        row.getObject("delisted_at", OffsetDateTime.class).toInstant(),
        decision == null ? null : Decision.valueOf(decision.toUpperCase(Locale.ROOT)),
        row.getString("note"),
        decided == null ? null : decided.toInstant());
  }
}
