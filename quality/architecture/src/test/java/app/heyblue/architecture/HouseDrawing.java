package app.heyblue.architecture;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Draws the map as an SVG: a floor per storey, a box per room, an arrow per call. */
final class HouseDrawing {
  private static final int WIDTH = 960;
  private static final int BOX_WIDTH = 130;
  private static final int BOX_HEIGHT = 44;
  private static final List<List<Room>> FLOORS =
      List.of(
          List.of(Room.SERVER),
          List.of(Room.ENCOUNTERS, Room.ONBOARDING),
          List.of(Room.SCORING, Room.NOTIFICATIONS),
          List.of(Room.QR, Room.RULES, Room.USERS, Room.CATALOGS),
          List.of(Room.SECURITY, Room.MESSAGING, Room.POSTGRES, Room.KERNEL));

  private HouseDrawing() {}

  private record Place(int x, int y) {}

  static String svg() {
    Map<Room, Place> places = places();
    StringBuilder svg = new StringBuilder();
    int height = 60 + FLOORS.size() * 110;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui,sans-serif" font-size="15">
        <title>The rooms of HeyBlue and who may call whom</title>
        <defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#5b7aa8"/></marker></defs>
        <rect width="%d" height="%d" fill="#fbfdff"/>
        """
            .formatted(WIDTH, height, WIDTH, height));
    Room.map()
        .forEach(
            (room, calls) -> {
              if (room.storey() == Room.Storey.COMPONENTS) {
                calls.stream().sorted().forEach(called -> svg.append(arrow(places, room, called)));
              }
            });
    places.forEach((room, place) -> svg.append(box(room, place)));
    svg.append(
        """
        <text x="%d" y="%d" text-anchor="middle" fill="#46597a" font-size="13">Every room stands on the ground floor and may call it; the server opens all rooms.</text>
        </svg>
        """
            .formatted(WIDTH / 2, height - 18));
    return svg.toString();
  }

  private static Map<Room, Place> places() {
    Map<Room, Place> places = new EnumMap<>(Room.class);
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      List<Room> rooms = FLOORS.get(floor);
      for (int i = 0; i < rooms.size(); i++) {
        places.put(
            rooms.get(i), new Place(WIDTH * (2 * i + 1) / (2 * rooms.size()), 50 + floor * 110));
      }
    }
    return places;
  }

  private static String arrow(Map<Room, Place> places, Room from, Room to) {
    Place a = places.getOrDefault(from, new Place(0, 0));
    Place b = places.getOrDefault(to, new Place(0, 0));
    return "<path d=\"M%d %dC%d %d %d %d %d %d\" fill=\"none\" stroke=\"#5b7aa8\" stroke-width=\"1.6\" marker-end=\"url(#a)\"/>\n"
        .formatted(
            a.x(),
            a.y() + BOX_HEIGHT / 2,
            a.x(),
            a.y() + 70,
            b.x(),
            b.y() - 70,
            b.x(),
            b.y() - BOX_HEIGHT / 2 - 2);
  }

  private static String box(Room room, Place place) {
    String fill =
        switch (room.storey()) {
          case APPS -> "#12335f";
          case COMPONENTS -> "#e6effc";
          case FOUNDATION -> "#f3ead9";
        };
    return "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"9\" fill=\"%s\" stroke=\"#9db3d3\"/><text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"%s\">%s</text>\n"
        .formatted(
            place.x() - BOX_WIDTH / 2,
            place.y() - BOX_HEIGHT / 2,
            BOX_WIDTH,
            BOX_HEIGHT,
            fill,
            place.x(),
            place.y() + 5,
            room.storey() == Room.Storey.APPS ? "#ffffff" : "#12233d",
            room.name().toLowerCase(Locale.ROOT));
  }
}
