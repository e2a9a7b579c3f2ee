package app.heyblue.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.messaging.postgres.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

class SequencingIT {
  private static final int WRITERS = 8;
  private static final int ROUNDS = 150;

  private final Town town = new Town();

  @Test
  void noEventIsSkippedWithEightWritersAndALongTransactionBesideThem() throws Exception {
    Listener listener = new Listener("test.listener");
    Set<UUID> committed = ConcurrentHashMap.newKeySet();
    try (StreamEngine engine = town.engine();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Handle open = town.database.open()) {
      // It began first, appended first, and is open until the others are done.
      open.begin();
      UUID late = engine.log().append(open, Stream.USERS, Town.told("late", 0));
      engine.start(List.of(listener));
      CyclicBarrier together = new CyclicBarrier(WRITERS);
      List<Future<UUID>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        String key = "writer" + writer;
        writers.add(threads.submit(writer(engine, key, together, committed)));
      }
      List<UUID> last = new ArrayList<>();
      for (Future<UUID> writer : writers) {
        last.add(writer.get());
      }
      for (UUID event : last) {
        assertThat(engine.streams().awaitTakenIn("test.listener", event, Town.PATIENCE)).isTrue();
      }
      assertThat(town.heardBy("test.listener")).hasSize(committed.size()).doesNotContain("late 0");
      open.commit();
      assertThat(engine.streams().awaitTakenIn("test.listener", late, Town.PATIENCE)).isTrue();
      committed.add(late);
    }

    List<Event> log = log();
    assertThat(log.stream().map(Event::position))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.size()).boxed().toList());
    assertThat(log.stream().map(Event::id)).containsExactlyInAnyOrderElementsOf(committed);
    assertThat(log.getLast().key()).isEqualTo("late");
    for (int writer = 0; writer < WRITERS; writer++) {
      String key = "writer" + writer;
      assertThat(numbers(log, key))
          .isSorted()
          .containsExactlyElementsOf(
              IntStream.range(0, ROUNDS).filter(n -> n % 5 != 3).boxed().toList());
    }
    assertThat(numbers(log, "shared"))
        .as("appended under one lock, by transactions that had begun in any order")
        .containsExactlyElementsOf(IntStream.rangeClosed(1, WRITERS * ROUNDS / 5).boxed().toList());
    assertThat(town.heardBy("test.listener")).hasSize(log.size());
    assertThat(town.number("select coalesce(max(deliveries), 0) from heard")).isOne();
    assertThat(town.number("select count(*) from messaging.inbox")).isZero();
  }

  /** Commits most of its events, rolls back one of five, and shares a key with the others. */
  private Callable<UUID> writer(
      StreamEngine engine, String key, CyclicBarrier together, Set<UUID> committed) {
    return () -> {
      together.await();
      UUID last = new UUID(0, 0);
      for (int round = 0; round < ROUNDS; round++) {
        int number = round;
        List<UUID> told = new ArrayList<>();
        boolean commits = round % 5 != 3;
        try (Handle tx = town.database.open()) {
          tx.begin();
          told.add(engine.log().append(tx, Stream.USERS, Town.told(key, number)));
          if (round % 5 == 0) {
            tx.execute("select pg_advisory_xact_lock(77)");
            int next =
                tx.createQuery("select count(*)::int + 1 from heard where consumer = 'shared'")
                    .mapTo(Integer.class)
                    .one();
            tx.execute("insert into heard (consumer, position) values ('shared', ?)", next);
            told.add(engine.log().append(tx, Stream.USERS, Town.told("shared", next)));
          }
          if (commits) {
            tx.commit();
            committed.addAll(told);
            last = told.getLast();
          } else {
            tx.rollback();
          }
        }
      }
      return last;
    };
  }

  @Test
  void eventsAppendedWhileNobodySequencedComeInTheirOrderAfterAStart() {
    StreamEngine silent = town.engine();
    UUID last = new UUID(0, 0);
    for (int number = 0; number < 1_500; number++) {
      last = town.tell(silent, "key" + number % 7, number);
    }
    assertThat(log()).isEmpty();

    try (StreamEngine engine = town.engine()) {
      engine.start(List.of(new Listener("test.listener")));
      assertThat(engine.streams().awaitTakenIn("test.listener", last, Town.PATIENCE)).isTrue();
    }
    assertThat(log().stream().map(event -> event.dataAs(Town.Told.class).number()))
        .containsExactlyElementsOf(IntStream.range(0, 1_500).boxed().toList());
  }

  @Test
  void refusesToAppendOutsideOfATransaction() {
    StreamEngine engine = town.engine();
    assertThatThrownBy(
            () ->
                town.database.read(
                    handle -> engine.log().append(handle, Stream.USERS, Town.told("key", 1))))
        .isInstanceOf(IllegalStateException.class);
    assertThat(town.number("select count(*) from messaging.inbox")).isZero();
  }

  private List<Event> log() {
    return town.database.read(tx -> Events.after(tx, Stream.USERS, 0, 100_000));
  }

  private static List<Integer> numbers(List<Event> log, String key) {
    return log.stream()
        .filter(event -> event.key().equals(key))
        .map(event -> event.dataAs(Town.Told.class).number())
        .toList();
  }
}
