package app.heyblue.tracking.engine;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.tracking.engine.Places.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;

class PositionIndexTest {
  private static final double[] RADII = {0, 10, 100, 1_000, 20_000, 3_000_000, 21_000_000};

  @Property(tries = 300)
  void findsWhoIsWithinAsTheGeodesicSays(
      @ForAll @IntRange(max = 6) int radius,
      @ForAll @IntRange(max = 7) int place,
      @ForAll Random random) {
    List<Place> bases = new ArrayList<>(Places.all(8));
    bases.add(Place.of(0, 0));
    bases.add(Place.of(79.9999, -180));
    Place base = bases.get(place);
    double reach = Math.max(100, 2.5 * RADII[radius]);
    PositionIndex index = new PositionIndex();
    Map<Integer, Place> places = new HashMap<>();
    for (int step = 0; step < 600; step++) {
      int id = random.nextInt(300);
      if (random.nextInt(5) == 0) {
        index.remove(id);
        places.remove(id);
      } else {
        Place at = base.moved(random.nextDouble(360), random.nextDouble(reach));
        index.update(id, at.lat(), at.lon());
        places.put(id, at);
      }
    }
    assertThat(index.size()).isEqualTo(places.size());
    for (int search = 0; search < 5; search++) {
      Place center = base.moved(random.nextDouble(360), random.nextDouble(reach));
      List<Integer> expected = new ArrayList<>();
      places.forEach(
          (id, at) -> {
            if (meters(center, at) <= RADII[radius]) {
              expected.add(id);
            }
          });
      assertThat(index.within(center.lat(), center.lon(), RADII[radius]))
          .containsExactlyInAnyOrder(expected.stream().mapToInt(i -> i).toArray());
    }
  }

  @Test
  void forgetsWhatIsRemoved() {
    PositionIndex index = new PositionIndex();
    index.update(3, 40, -74);

    index.remove(3);
    index.remove(3);
    index.remove(99);

    assertThat(index.contains(3)).isFalse();
    assertThat(index.size()).isZero();
    assertThat(index.within(40, -74, 10)).isEmpty();
  }

  @Test
  void findsOnceWhoMovedManyTimes() {
    PositionIndex index = new PositionIndex();
    for (int i = 0; i < 100; i++) {
      index.update(0, 40 + i / 500.0, -74);
    }

    assertThat(index.within(40.198, -74, 100_000)).containsExactly(0);
    assertThat(index.within(40, -74, 100)).isEmpty();
  }

  private static double meters(Place from, Place to) {
    return Geodesic.WGS84.Inverse(from.lat(), from.lon(), to.lat(), to.lon()).s12;
  }
}
