package app.heyblue.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The map of ARCHITECTURE.md, held against the compiled code. */
class HouseMapTest {
  private static JavaClasses house = new ClassFileImporter().importClasses();

  @BeforeAll
  static void importHouse() {
    house =
        CompiledHouse.CLASSES.that(
            com.tngtech.archunit.base.DescribedPredicate.describe(
                "in a room",
                type ->
                    !type.getPackageName().startsWith("app.heyblue.testing")
                        && !type.getPackageName().startsWith("app.heyblue.architecture")));
  }

  @Test
  void roomsCallOnlyWhomTheMapAllows() {
    Set<String> strangers = new TreeSet<>();
    forEachCall(
        (from, to, call) -> {
          if (!from.mayCall(to)) {
            strangers.add(from + " → " + to + ": " + call.getDescription());
          }
        });
    assertThat(strangers).isEmpty();
  }

  @Test
  void othersEnterARoomByItsRootPackageOnly() {
    Set<String> intruders = new TreeSet<>();
    forEachCall(
        (from, to, call) -> {
          String target = call.getTargetClass().getPackageName();
          if (from != to && !target.equals(to.packageName())) {
            intruders.add(call.getDescription());
          }
        });
    assertThat(intruders).isEmpty();
  }

  @Test
  void everyArrowOfTheMapIsUsedOrTheMapSaysTooMuch() {
    Map<Room, Set<Room>> used = new EnumMap<>(Room.class);
    forEachCall(
        (from, to, call) -> used.computeIfAbsent(from, room -> EnumSet.noneOf(Room.class)).add(to));
    List<String> unused = new ArrayList<>();
    for (Room room : Room.values()) {
      // The server opens rooms by having them on its class path.
      for (Room called : room == Room.SERVER ? Set.<Room>of() : room.calls()) {
        if (!used.getOrDefault(room, Set.of()).contains(called)) {
          unused.add(room + " → " + called);
        }
      }
    }
    // This arrow is for what comes next: telling people of a confirmed meeting.
    unused.removeAll(List.of("ENCOUNTERS → NOTIFICATIONS"));
    assertThat(unused).isEmpty();
  }

  @Test
  void theMapHasNoCycle() {
    List<Room> settled = new ArrayList<>();
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Room room : Room.values()) {
        if (!settled.contains(room) && settled.containsAll(room.calls())) {
          moved |= settled.add(room);
        }
      }
    }
    assertThat(settled).containsExactlyInAnyOrder(Room.values());
  }

  @Test
  void theDrawingShowsTheMap() {
    Repository.requireUpToDate("docs/generated/rooms.svg", HouseDrawing.svg());
  }

  private interface Call {
    void made(Room from, Room to, Dependency call);
  }

  private static void forEachCall(Call visitor) {
    assertThat(house).isNotEmpty();
    for (JavaClass type : house) {
      Room from = Room.of(type.getPackageName());
      for (Dependency call : type.getDirectDependenciesFromSelf()) {
        JavaClass target = call.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith("app.heyblue")) {
          visitor.made(from, Room.of(target.getPackageName()), call);
        }
      }
    }
  }
}
