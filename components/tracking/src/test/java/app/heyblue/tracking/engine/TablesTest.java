package app.heyblue.tracking.engine;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.UserId;
import app.heyblue.tracking.engine.Places.Place;
import com.uber.h3core.LengthUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class TablesTest {
  @Property(tries = 50)
  void slotsAreFoundUntilRemovedAndNeverShared(@ForAll Random random) {
    Slots slots = new Slots();
    Map<UserId, Integer> expected = new HashMap<>();
    for (int step = 0; step < 2_000; step++) {
      UserId id = new UserId(new UUID(random.nextInt(3), random.nextInt(100)));
      Integer slot = expected.get(id);
      assertThat(slots.find(id)).isEqualTo(slot == null ? Slots.NONE : slot);
      if (slot == null) {
        int added = slots.add(id);
        assertThat(expected.values()).doesNotContain(added);
        assertThat(slots.id(added)).isEqualTo(id);
        expected.put(id, added);
      } else if (random.nextBoolean()) {
        slots.remove(slot);
        expected.remove(id);
        assertThat(slots.isLive(slot)).isFalse();
      }
    }
    assertThat(slots.end()).isLessThanOrEqualTo(300);
  }

  @Property(tries = 50)
  void cellsAreFoundUntilRemoved(@ForAll Random random) {
    CellTable table = new CellTable();
    Map<Long, Integer> expected = new HashMap<>();
    for (int step = 0; step < 2_000; step++) {
      long cell = 1 + random.nextInt(200);
      if (random.nextInt(3) == 0) {
        table.remove(cell);
        expected.remove(cell);
      } else {
        table.put(cell, step);
        expected.put(cell, step);
      }
      long asked = 1 + random.nextInt(200);
      assertThat(table.get(asked)).isEqualTo(expected.getOrDefault(asked, CellTable.NONE));
    }
  }

  @Property(tries = 50)
  void deadlinesComeInTheirOrder(@ForAll Random random) {
    Deadlines deadlines = new Deadlines();
    PriorityQueue<Long> expected = new PriorityQueue<>();
    for (int step = 0; step < 1_000; step++) {
      if (random.nextInt(3) != 0) {
        int time = random.nextInt(500);
        deadlines.add(time, time * 2);
        expected.add((long) time);
      } else if (!expected.isEmpty()) {
        long first = expected.remove();
        assertThat(deadlines.next()).isEqualTo(first);
        assertThat(deadlines.poll()).isEqualTo((int) first * 2);
      }
    }
  }

  /** Everywhere, and with officers who come to the same cells and go. */
  @Property(tries = 25)
  void officersAreSeenFromTheCellsAround(@ForAll Random random) {
    int resolution = 5 + random.nextInt(5);
    double edge = Places.H3.getHexagonEdgeLengthAvg(resolution, LengthUnit.m);
    for (Place base : Places.all(resolution)) {
      Surroundings surroundings = new Surroundings(new Cells(resolution));
      Map<Integer, Long> officers = new HashMap<>();
      for (int step = 0; step < 30; step++) {
        int officer = random.nextInt(8);
        Long before = officers.remove(officer);
        if (before != null) {
          surroundings.remove(officer, before);
        }
        if (random.nextInt(4) != 0) {
          long cell = near(base, 3 * edge, random).cell(resolution);
          surroundings.add(officer, cell, officer % 2);
          officers.put(officer, cell);
        }
      }
      for (int look = 0; look < 4; look++) {
        long from = near(base, 9 * edge, random).cell(resolution);
        Map<Long, Integer> rings = Places.rings(from, Nearness.MOST_RINGS);
        List<String> expected = new ArrayList<>();
        officers.forEach(
            (officer, cell) -> {
              if (rings.containsKey(cell)) {
                expected.add(officer + " at " + rings.get(cell));
              }
            });
        assertThat(seen(surroundings, from)).containsExactlyInAnyOrderElementsOf(expected);
      }
      officers.forEach(surroundings::remove);
      assertThat(surroundings.firstSight(base.cell(resolution))).isEqualTo(Surroundings.NONE);
    }
  }

  private static Place near(Place base, double meters, Random random) {
    return base.moved(random.nextDouble(360), random.nextDouble(meters));
  }

  private static List<String> seen(Surroundings surroundings, long from) {
    List<String> seen = new ArrayList<>();
    int sight = surroundings.firstSight(from);
    while (sight != Surroundings.NONE) {
      int officer = surroundings.firstOfficer(sight);
      while (officer != Surroundings.NONE) {
        seen.add(officer + " at " + surroundings.rings(sight));
        officer = surroundings.nextOfficer(officer);
      }
      sight = surroundings.nextSight(sight);
    }
    return seen;
  }
}
