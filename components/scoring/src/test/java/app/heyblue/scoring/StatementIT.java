package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.postgres.TransactionReads;
import app.heyblue.scoring.postgres.TransactionReads.StatementLine;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** {@code -Dheyblue.statement-entries=1000000} for a statement of that length. */
class StatementIT {
  private static final int ENTRIES = Integer.getInteger("heyblue.statement-entries", 50_000);
  private static final int PAGE = 50;

  private final World world = new World();

  @Test
  void readsAPageOfALongStatementWithAsFewBlocksAsAShortOne() {
    UserId rare = world.join(PartyKind.CIVILIAN);
    UserId busy = world.join(PartyKind.CIVILIAN);
    fill(rare, 60);
    fill(busy, ENTRIES);
    world.database.useTransaction(
        tx -> tx.execute("analyze scoring.entry, scoring.transaction, scoring.account"));

    long few = blocks(rare, Long.MAX_VALUE);

    for (long before : List.of(Long.MAX_VALUE, ENTRIES / 2L, (long) PAGE + 1)) {
      assertThat(page(busy, before)).hasSize(PAGE);
      // An index of so many more rows is a level deeper, and a page's rows lie further apart.
      assertThat(blocks(busy, before)).isLessThan(2 * few + PAGE);
    }
  }

  private List<StatementLine> page(UserId user, long before) {
    return world.database.read(tx -> TransactionReads.statement(tx, user, before, PAGE));
  }

  /** How many blocks PostgreSQL touches for a page. */
  private long blocks(UserId user, long before) {
    return world.database.inTransaction(
        tx -> {
          long earlier = touched(tx);
          assertThat(TransactionReads.statement(tx, user, before, PAGE)).isNotEmpty();
          return touched(tx) - earlier;
        });
  }

  private static long touched(Handle tx) {
    return tx.createQuery(
            """
            select sum(pg_stat_get_xact_blocks_fetched(c.oid))::bigint
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = 'scoring'
            """)
        .mapTo(Long.class)
        .one();
  }

  /** Meetings that were paid nothing, by the tables themselves. */
  private void fill(UserId user, int entries) {
    world.database.useTransaction(
        tx -> {
          tx.createUpdate(
                  """
                  create temporary table made on commit drop as
                  select gen_random_uuid() as id, n from generate_series(1, %d) n
                  """
                      .formatted(entries))
              .execute();
          tx.execute(
              """
              insert into scoring.transaction (id, kind, explanation, recorded_at, content_hash)
              select id, 'encounter', '{}', now(), sha256(id::text::bytea) from made
              """);
          tx.createUpdate(
                  """
                  insert into scoring.entry (transaction_id, ordinal, account, points, salt,
                    balance_after, account_position)
                  select id, 1, :issuance, 0, null, null, null from made
                  union all
                  select id, 2, :user, 0, decode(md5(id::text), 'hex'), 0, n from made
                  """)
              .bind("issuance", Scoring.ISSUANCE.value())
              .bind("user", user.value())
              .execute();
          tx.createUpdate("update scoring.account set entries = :n where user_id = :user")
              .bind("n", entries)
              .bind("user", user.value())
              .execute();
        });
  }
}
