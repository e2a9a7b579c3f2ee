package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Limits.Bucket;
import app.heyblue.scoring.domain.Usage;
import app.heyblue.scoring.ledger.Giving.GiftKind;
import app.heyblue.scoring.postgres.AccountTable;
import app.heyblue.scoring.postgres.LimitTable;
import app.heyblue.testing.TestDatabase;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/**
 * Nobody waits in a circle: accounts are locked by id, and then what is limited before the rest.
 */
class LockOrderIT {
  private static final Database DATABASE = TestDatabase.create("scoring");

  private final World world = new World(DATABASE);
  private final UserId buyer = world.joinWith(PartyKind.CIVILIAN, 10_000);
  private final UserId merchant = world.join(PartyKind.MERCHANT);

  @Test
  void accountsAreLockedByIdWhereverTheirRowsLie() throws Exception {
    UserId last = world.joinWith(PartyKind.CIVILIAN, 1);
    // A changed row is written anew, behind the others.
    DATABASE.useTransaction(tx -> AccountTable.hold(tx, buyer, 1));
    CompletableFuture<Void> waiting =
        DATABASE.inTransaction(
            tx -> {
              AccountTable.lock(tx, List.of(buyer));
              CompletableFuture<Void> second =
                  CompletableFuture.runAsync(
                      () -> DATABASE.useTransaction(other -> lockAsTheyLie(other, last)));
              awaitWaiting(tx);
              assertThat(
                      tx.createQuery(
                              """
                              select user_id from scoring.account where user_id = :last
                              for no key update skip locked
                              """)
                          .bind("last", last.value())
                          .mapTo(UUID.class)
                          .list())
                  .as("the later account is still free")
                  .hasSize(1);
              return second;
            });
    waiting.get(30, TimeUnit.SECONDS);
  }

  private void lockAsTheyLie(Handle tx, UserId last) {
    tx.execute("set local enable_indexscan = off");
    tx.execute("set local enable_bitmapscan = off");
    AccountTable.lock(tx, List.of(last, buyer));
  }

  @Test
  void whatIsGivenBackIsLockedInTheOrderOfWhatCounts() throws Exception {
    limitTheRule();
    Hold hold = world.hold(buyer, merchant, 10);
    UserId another = world.joinWith(PartyKind.CIVILIAN, 100);
    Limits limits =
        Limits.of(
            world.rules.decide(
                RuleKind.EXCHANGE,
                Map.of("buyer", another.toString(), "merchant", merchant.toString())),
            ZoneOffset.UTC,
            world.clock.instant());
    List<Bucket> buckets = limits.buckets(List.of(another, merchant));
    UUID inTheSameShard =
        new UUID(hold.id().getMostSignificantBits() + 1, hold.id().getLeastSignificantBits());

    CompletableFuture<Hold> released =
        DATABASE.inTransaction(
            tx -> {
              Usage usage = LimitTable.load(tx, List.of(new LimitTable.Want(limits, buckets)));
              CompletableFuture<Hold> release =
                  CompletableFuture.supplyAsync(() -> world.holds.release(world.key(), hold.id()));
              awaitWaiting(tx);
              usage.count(inTheSameShard, limits, buckets);
              LimitTable.write(tx, usage);
              return release;
            });

    assertThat(released.get(30, TimeUnit.SECONDS).status()).isEqualTo(HoldStatus.RELEASED);
  }

  @Test
  void holdsThatComeAndGoAmongGiftsHinderNobody() throws Exception {
    limitTheRule();
    UserId charity = world.join(PartyKind.CHARITY);
    List<UserId> officers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      officers.add(world.joinWith(PartyKind.OFFICER, 1_000));
    }
    UserId family = world.joinWith(PartyKind.FAMILY, 1_000);
    long before = sum();
    for (int round = 0; round < 5; round++) {
      List<Callable<Object>> actions = new ArrayList<>();
      for (UserId holder : List.of(buyer, family)) {
        for (int i = 0; i < 3; i++) {
          Hold hold = world.hold(holder, merchant, 3);
          actions.add(() -> world.holds.release(world.key(), hold.id()));
          actions.add(() -> world.hold(holder, merchant, 2));
        }
      }
      for (int i = 0; i < officers.size(); i++) {
        UserId giver = officers.get(i);
        UserId taker = officers.get((i + 1) % officers.size());
        actions.add(() -> world.give(GiftKind.GIVEAWAY, giver, taker, 1));
        actions.add(() -> world.donate(buyer, charity, 1));
      }

      assertThat(Together.run(actions).failures()).isEmpty();
    }
    assertThat(sum()).isEqualTo(before);
    assertThat(world.scoring.balance(buyer)).isEqualTo(new Balance(buyer, 9_980, 30, 9_950));
  }

  /** The day's counter, whose key comes first, isn't limited; the total's is. */
  private void limitTheRule() {
    world.rules.limit(
        new FakeRules.Limit(RuleKind.EXCHANGE, "rule", LimitWindow.TOTAL, 1_000),
        new FakeRules.Limit(RuleKind.EXCHANGE, "rule", LimitWindow.ROLLING_24_HOURS, 1_000));
  }

  private long sum() {
    return world.count("select sum(points) from scoring.account");
  }

  /** Returns once somebody waits for a lock of this transaction. */
  private static void awaitWaiting(Handle tx) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!isAwaited(tx)) {
      assertThat(System.nanoTime()).as("somebody waits").isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static boolean isAwaited(Handle tx) {
    return tx.createQuery(
            """
            select exists (select from pg_locks l
              where not l.granted and pg_backend_pid() = any(pg_blocking_pids(l.pid)))
            """)
        .mapTo(Boolean.class)
        .one();
  }
}
