package app.heyblue.tracking.engine;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.UserId;
import app.heyblue.tracking.engine.Places.Place;
import app.heyblue.tracking.engine.ProximityEvent.Dwelt;
import app.heyblue.tracking.engine.ProximityEvent.Entered;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** More people than {@link ProximityEngine#publish} goes through at once, and several threads. */
class ManyThreadsTest {
  private static final Instant NOON = Instant.parse("2026-06-01T16:00:00Z");
  private static final int THREADS = 3;
  private static final int CIVILIANS = 10_000;
  private static final int OFFICERS = 300;
  private static final double REACH_METERS = 20_000;

  private record Meeting(UserId civilian, UserId officer) {}

  @Test
  void noStayIsMissedOrToldTwiceWhileTheSlowClockTicks() throws Exception {
    ProximityEngine engine = new ProximityEngine(8, (_, _, _) -> new Nearness(1, 0, 1_000));
    Queue<ProximityEvent> events = new ConcurrentLinkedQueue<>();
    Random random = new Random(1);
    for (int i = 0; i < OFFICERS; i++) {
      engine.officerAt(officer(i), "UTC", anywhere(random).fix(NOON), NOON);
    }
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1)) {
      for (int thread = 0; thread < THREADS; thread++) {
        int first = thread;
        done.add(threads.submit(() -> arrive(engine, first, events)));
      }
      done.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  events.addAll(engine.publish(NOON));
                }
              }));
      for (Future<?> one : done) {
        one.get();
      }
    }
    events.addAll(engine.publish(NOON));

    List<Meeting> entered = new ArrayList<>();
    List<Meeting> alerted = new ArrayList<>();
    for (ProximityEvent event : events) {
      Meeting meeting = new Meeting(event.civilian(), event.officer());
      if (event instanceof Entered) {
        entered.add(meeting);
      } else if (event instanceof Dwelt) {
        alerted.add(meeting);
      }
    }
    Set<Meeting> near = new HashSet<>();
    for (int i = 0; i < CIVILIANS; i++) {
      UserId civilian = civilian(i);
      engine
          .nearby(civilian, NOON)
          .forEach(officer -> near.add(new Meeting(civilian, officer.officer())));
    }
    assertThat(near).hasSizeGreaterThan(1_000);
    assertThat(entered).hasSameSizeAs(near);
    assertThat(Set.copyOf(entered)).isEqualTo(near);
    assertThat(alerted).hasSameSizeAs(near);
    assertThat(Set.copyOf(alerted)).isEqualTo(near);
  }

  private static void arrive(ProximityEngine engine, int first, Queue<ProximityEvent> events) {
    Random random = new Random(first + 2);
    for (int i = first; i < CIVILIANS; i += THREADS) {
      events.addAll(engine.civilianAt(civilian(i), anywhere(random).fix(NOON), NOON));
    }
  }

  private static Place anywhere(Random random) {
    return Places.NEW_YORK.moved(random.nextDouble(360), random.nextDouble(REACH_METERS));
  }

  private static UserId civilian(int number) {
    return new UserId(new UUID(1, number));
  }

  private static UserId officer(int number) {
    return new UserId(new UUID(2, number));
  }
}
