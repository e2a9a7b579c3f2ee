package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.ledger.Giving.GiftKind;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Random operations by several threads at once: whatever happens, the books are right. */
class LedgerLawsIT {
  private static final int THREADS = 6;

  @Property(tries = 3, shrinking = ShrinkingMode.OFF)
  void keepsTheBooksWhateverHappensAtOnce(
      @ForAll @Size(240) List<@IntRange(min = 0, max = 1_000_000) Integer> seeds) throws Exception {
    World world = new World();
    List<UserId> civilians = join(world, PartyKind.CIVILIAN, 3);
    List<UserId> officers = join(world, PartyKind.OFFICER, 3);
    List<UserId> receivers = new ArrayList<>(join(world, PartyKind.CHARITY, 1));
    receivers.addAll(join(world, PartyKind.FAMILY, 1));
    UserId merchant = world.join(PartyKind.MERCHANT);
    Queue<UUID> transactions = new ConcurrentLinkedQueue<>();
    Queue<UUID> holds = new ConcurrentLinkedQueue<>();

    List<Callable<Boolean>> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      List<Integer> mine = seeds.subList(thread * 40, thread * 40 + 40);
      threads.add(
          () -> {
            for (int seed : mine) {
              UserId civilian = civilians.get(seed % 3);
              UserId officer = officers.get(seed / 3 % 3);
              UserId receiver = receivers.get(seed / 9 % 2);
              long points = 1L + seed / 18 % 40;
              step(
                  world,
                  seed % 8,
                  civilian,
                  officer,
                  receiver,
                  merchant,
                  points,
                  transactions,
                  holds);
            }
            return true;
          });
    }
    Together.Outcome<Boolean> outcome = Together.run(threads);
    world.seal();

    assertThat(outcome.failures()).isEmpty();
    assertBooksAreRight(world);
    assertThat(
            ExportCheck.verify(
                new ByteArrayInputStream(world.exported()),
                Optional.empty(),
                Optional.empty(),
                bytes -> {}))
        .isInstanceOf(ExportCheck.Sound.class);
  }

  private static void step(
      World world,
      int what,
      UserId civilian,
      UserId officer,
      UserId receiver,
      UserId merchant,
      long points,
      Queue<UUID> transactions,
      Queue<UUID> holds) {
    try {
      switch (what) {
        case 0 -> transactions.add(world.meet(civilian, officer).id());
        case 1 -> transactions.add(world.donate(civilian, receiver, points).id());
        case 2 -> transactions.add(world.donate(officer, receiver, points).id());
        case 3 -> {
          UserId other = world.join(PartyKind.OFFICER);
          transactions.add(world.give(GiftKind.GIVEAWAY, officer, other, points).id());
        }
        case 4 -> holds.add(world.hold(civilian, merchant, points).id());
        case 5 -> holds.add(world.hold(receiver, merchant, points).id());
        case 6 -> {
          UUID hold = holds.peek();
          if (hold != null) {
            if (points % 2 == 0) {
              world.holds.collect(world.key(), hold);
            } else {
              world.holds.release(world.key(), hold);
            }
            holds.remove(hold);
          }
        }
        default -> {
          UUID transaction = transactions.peek();
          if (transaction != null) {
            transactions.remove(transaction);
            world.reversals.reverse(world.admin, world.key(), transaction);
          }
        }
      }
    } catch (ProblemException expected) {
      // A refusal is an answer; what must hold is checked in the books.
    }
  }

  private static void assertBooksAreRight(World world) {
    assertThat(world.count("select coalesce(sum(points), 0) from scoring.entry")).isZero();
    assertNone(
        world,
        "entries of a transaction that don't add up to zero",
        """
        select count(*) from (
          select from scoring.entry group by transaction_id having sum(points) <> 0) x
        """);
    assertNone(
        world,
        "balances that aren't the sum of their entries",
        """
        select count(*) from scoring.account a where points <> (
          select coalesce(sum(e.points), 0) from scoring.entry e where e.account = a.user_id)
        """);
    assertNone(
        world,
        "running balances that don't follow from the entry before",
        """
        select count(*) from (
          select balance_after, points,
            lag(balance_after, 1, 0::bigint) over (partition by account order by account_position)
              as before
          from scoring.entry where account_position is not null) x
        where balance_after <> before + points or balance_after < 0
        """);
    assertNone(
        world,
        "held points that aren't those of the placed holds",
        """
        select count(*) from scoring.account a where held <> (
          select coalesce(sum(h.points), 0) from scoring.hold h
          where h.holder = a.user_id and h.status = 'placed')
        """);
    assertNone(
        world,
        "gaps in the numbers of an account's entries",
        """
        select count(*) from (
          select from scoring.entry where account_position is not null
          group by account having max(account_position) <> count(*)) x
        """);
    assertThat(world.count("select count(*) from scoring.chain"))
        .isEqualTo(world.count("select count(*) from scoring.transaction"));
  }

  private static void assertNone(World world, String what, String count) {
    assertThat(world.count(count)).as(what).isZero();
  }

  private static List<UserId> join(World world, PartyKind kind, int count) {
    List<UserId> joined = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      joined.add(world.joinWith(kind, 60));
    }
    return joined;
  }
}
