package app.heyblue.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.notifications.Alert;
import app.heyblue.security.Caller;
import app.heyblue.tracking.near.Proximity.Nearby;
import com.uber.h3core.H3Core;
import com.uber.h3core.util.LatLng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What somebody learns who wants to know where an officer is, and lies about being everywhere. */
class LocationPrivacyIT {
  private static final int RESOLUTION = 8;
  private static final int ACCOUNTS = 10;
  private static final int POSITIONS = 10_000;
  private static final int PLACES = 12;
  private static final H3Core H3 = h3();
  private static final List<Long> ROUTE = route();

  private static H3Core h3() {
    try {
      return H3Core.newInstance();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Cells that an officer passes through, one after the other. */
  private static List<Long> route() {
    long start = H3.latLngToCell(40.7128, -74.006, RESOLUTION);
    long next = H3.gridDisk(start, 1).get(3);
    return List.of(start, next, start);
  }

  /**
   * The officer is somewhere else in the same cells each time: at the centre, near the corners, in
   * between. Ten accounts look from ten thousand places meanwhile, ask for whom they see, and write
   * down all that they are answered or told, to the tenth of a second. It's the same each time, so
   * nothing in it says where in the cell the officer is: the best guess is the cell.
   */
  @Test
  void anAttackerWithTenAccountsAndTenThousandPositionsEndsNoNearerThanTheCell() {
    List<String> first = attack(0);
    assertThat(first).hasSizeGreaterThan(POSITIONS);
    assertThat(first)
        .anyMatch(line -> line.contains("told"))
        .anyMatch(line -> line.contains("can ask"));
    for (int place = 1; place < PLACES; place++) {
      assertThat(attack(place)).as("in place %d of the cells", place).isEqualTo(first);
    }
  }

  /** The control: an officer in other cells is noticed. */
  @Test
  void theAttackerDoesLearnTheCell() {
    List<Long> elsewhere = ROUTE.reversed();
    assertThat(attack(0, List.of(elsewhere.get(1), elsewhere.get(0), elsewhere.get(2))))
        .isNotEqualTo(attack(0));
  }

  private static List<String> attack(int place) {
    return attack(place, ROUTE);
  }

  private static List<String> attack(int place, List<Long> route) {
    World world = new World();
    Random attackers = new Random(7);
    Random officers = new Random(place);
    Caller officer = world.officer("Sam Ortiz");
    List<Caller> accounts = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      accounts.add(world.somebody(PartyKind.CIVILIAN));
    }
    List<String> seen = new ArrayList<>();
    world.sharing.on(officer);
    int rounds = POSITIONS / ACCOUNTS;
    for (int round = 0; round < rounds; round++) {
      LatLng there = somewhereIn(route.get(round * route.size() / rounds), place, officers);
      world.at(officer, there.lat, there.lng);
      for (int i = 0; i < ACCOUNTS; i++) {
        look(world, officer, accounts.get(i), i, attackers, seen);
      }
      for (int tenth = 0; tenth < 3; tenth++) {
        world.clock.advance(Duration.ofMillis(100));
        world.time.step();
        write(world, accounts, seen);
      }
    }
    world.sharing.off(officer.userId());
    accounts.forEach(account -> seen.add("at the end " + seenBy(world, account)));
    return seen;
  }

  /** Says to be somewhere around, or to wait at a corner, and looks and tries to ask from there. */
  private static void look(
      World world,
      Caller officer,
      Caller account,
      int number,
      Random attackers,
      List<String> seen) {
    boolean waits = number < ACCOUNTS / 2;
    double latitude = 40.7128 + (waits ? number * 0.004 : attackers.nextGaussian() * 0.02);
    double longitude = -74.006 + (waits ? 0 : attackers.nextGaussian() * 0.02);
    world.at(account, latitude, longitude);
    List<Nearby> near = world.proximity.nearby(account.userId());
    seen.add(world.clock.instant() + " " + number + " sees " + withoutReferences(near));
    for (Nearby one : near) {
      boolean known =
          world
              .proximity
              .officer(account.userId(), one.officerRef())
              .filter(officer.userId()::equals)
              .isPresent();
      seen.add(number + (known ? " can ask" : " can't ask"));
    }
  }

  private static void write(World world, List<Caller> accounts, List<String> seen) {
    for (int i = 0; i < accounts.size(); i++) {
      for (Alert alert : world.told.of(accounts.get(i))) {
        Alert.OfficerNearby near = (Alert.OfficerNearby) alert;
        seen.add(world.clock.instant() + " " + i + " is told " + near.cell() + near.distanceBand());
      }
      world.told.alerts.remove(accounts.get(i).userId());
    }
  }

  private static String seenBy(World world, Caller account) {
    return withoutReferences(world.proximity.nearby(account.userId()));
  }

  /** References are made of chance; what else there is. */
  private static String withoutReferences(List<Nearby> near) {
    return near.stream()
            .map(one -> one.cell() + " " + one.distanceBand() + " " + one.name())
            .toList()
        + "";
  }

  /** A point of the cell for certain: between its centre and a corner, another way each time. */
  private static LatLng somewhereIn(long cell, int place, Random officers) {
    LatLng centre = H3.cellToLatLng(cell);
    List<LatLng> corners = H3.cellToBoundary(cell);
    LatLng corner = corners.get(officers.nextInt(corners.size()));
    double far = place == 0 ? 0 : 0.2 + 0.6 * officers.nextDouble();
    return new LatLng(
        centre.lat + far * (corner.lat - centre.lat), centre.lng + far * (corner.lng - centre.lng));
  }
}
