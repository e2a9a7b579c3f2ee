package app.heyblue.simulator.streets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WalkerTest {
  private static final Place HOME = new Place(41, -104);
  private static final Place SHOP = HOME.plus(100, 0);
  private static final Place PARK = SHOP.plus(0, 100);

  private final Way way = new Way(List.of(HOME, SHOP, PARK), List.of(5.0, 5.0, 10.0));

  @Test
  void walksAsFarAsTheTimeReachesAndRoundCorners() {
    Walker walker = new Walker(way, 0, 100);
    walker.goOn(10);
    assertThat(walker.place().metersTo(HOME)).isCloseTo(50, within(0.1));
    walker.goOn(15);
    assertThat(walker.place().metersTo(SHOP)).isCloseTo(50, within(0.1));
    assertThat(walker.place().metersTo(PARK)).isCloseTo(50, within(0.1));
  }

  @Test
  void turnsAtTheEnd() {
    Walker walker = new Walker(way, 2, 10);
    walker.goOn(30);
    assertThat(walker.place().metersTo(SHOP)).isCloseTo(50, within(0.1));
    assertThat(walker.place().metersTo(HOME)).isLessThan(60);
  }

  @Test
  void isNeverFasterThanItIs() {
    Walker walker = new Walker(way, 0, 1.4);
    walker.goOn(10);
    assertThat(walker.place().metersTo(HOME)).isCloseTo(14, within(0.1));
  }

  @Test
  void leavesTheWayForSomebodyAndFindsBack() {
    Walker walker = new Walker(way, 0, 10);
    walker.goTo(HOME.plus(0, -30), 20);
    walker.goTo(HOME.plus(0, -30), 20);
    assertThat(walker.place().metersTo(HOME.plus(0, -30))).isLessThan(0.1);
    walker.goOn(6);
    assertThat(walker.place().metersTo(HOME)).isLessThan(0.1);
  }

  @Test
  void streetsAreMadeOfBlocksAndTheSameForTheSameSeed() {
    List<Way> ways = Streets.ways(new SplittableRandom(3), 5, 9);
    assertThat(Streets.ways(new SplittableRandom(3), 5, 9)).isEqualTo(ways);
    for (Way one : ways) {
      for (int i = 1; i < one.places().size(); i++) {
        double meters = one.places().get(i - 1).metersTo(one.places().get(i));
        assertThat(meters)
            .satisfiesAnyOf(
                m -> assertThat(m).isZero(), m -> assertThat(m).isCloseTo(100, within(1.0)));
      }
    }
  }
}
