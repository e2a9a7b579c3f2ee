package app.heyblue.architecture;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The rooms of the house and whom each may call; the one place where the map is written down. */
enum Room {
  KERNEL(Storey.FOUNDATION),
  POSTGRES(Storey.FOUNDATION, KERNEL),
  MESSAGING(Storey.FOUNDATION, KERNEL, POSTGRES),
  SECURITY(Storey.FOUNDATION, KERNEL, POSTGRES, MESSAGING),
  CATALOGS(Storey.COMPONENTS),
  RULES(Storey.COMPONENTS),
  QR(Storey.COMPONENTS),
  USERS(Storey.COMPONENTS),
  NOTIFICATIONS(Storey.COMPONENTS, USERS),
  ONBOARDING(Storey.COMPONENTS, CATALOGS, NOTIFICATIONS),
  SCORING(Storey.COMPONENTS, RULES),
  TRACKING(Storey.COMPONENTS, RULES, NOTIFICATIONS),
  ENCOUNTERS(Storey.COMPONENTS, QR, TRACKING, SCORING, NOTIFICATIONS),
  SIMULATOR(Storey.APPS),
  SERVER(
      Storey.APPS,
      SIMULATOR,
      CATALOGS,
      RULES,
      QR,
      USERS,
      NOTIFICATIONS,
      ONBOARDING,
      SCORING,
      TRACKING,
      ENCOUNTERS);

  /** A floor of the house. */
  enum Storey {
    FOUNDATION,
    COMPONENTS,
    APPS
  }

  private static final Set<Room> GROUND = Set.of(KERNEL, POSTGRES, MESSAGING, SECURITY);

  private final Storey storey;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of(…) is immutable; its type can't say so.
  private final Set<Room> calls;

  Room(Storey storey, Room... calls) {
    this.storey = storey;
    this.calls = Set.of(calls);
  }

  Storey storey() {
    return storey;
  }

  /** The rooms that this one may call, the ground floor left out for those above it. */
  Set<Room> calls() {
    return calls;
  }

  boolean mayCall(Room other) {
    return other == this
        || calls.contains(other)
        || storey != Storey.FOUNDATION && GROUND.contains(other);
  }

  String packageName() {
    return "app.heyblue." + name().toLowerCase(java.util.Locale.ROOT);
  }

  /** The room that a class lies in, by its package. */
  static Room of(String packageName) {
    for (Room room : values()) {
      if (packageName.equals(room.packageName())
          || packageName.startsWith(room.packageName() + ".")) {
        return room;
      }
    }
    throw new IllegalArgumentException(packageName + " lies in no room of the map");
  }

  /** Who calls whom, in a stable order, for the drawing. */
  static Map<Room, Set<Room>> map() {
    Map<Room, Set<Room>> map = new TreeMap<>();
    for (Room room : values()) {
      map.put(room, room.calls());
    }
    return map;
  }
}
