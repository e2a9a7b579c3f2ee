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
  private static final int COLUMNS = 4;
  private static final int FLOOR_HEIGHT = 110;

  /** So placed that no arrow runs behind a box. */
  private static final List<Spot> SPOTS =
      List.of(
          new Spot(Room.SERVER, 0, 1.5),
          new Spot(Room.ENCOUNTERS, 1, 1),
          new Spot(Room.ONBOARDING, 1, 3),
          new Spot(Room.SCORING, 2, 0),
          new Spot(Room.NOTIFICATIONS, 2, 2),
          new Spot(Room.RULES, 3, 0),
          new Spot(Room.QR, 3, 1),
          new Spot(Room.USERS, 3, 2),
          new Spot(Room.CATALOGS, 3, 3),
          new Spot(Room.SECURITY, 4, 0),
          new Spot(Room.MESSAGING, 4, 1),
          new Spot(Room.POSTGRES, 4, 2),
          new Spot(Room.KERNEL, 4, 3));

  private HouseDrawing() {}

  private record Spot(Room room, int floor, double column) {}

  private record Place(int x, int y) {}

  static String svg() {
    Map<Room, Place> places = places();
    StringBuilder svg = new StringBuilder();
    int height = 60 + 5 * FLOOR_HEIGHT;
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
    for (Spot spot : SPOTS) {
      places.put(
          spot.room(),
          new Place(
              (int) (WIDTH * (2 * spot.column() + 1) / (2 * COLUMNS)),
              50 + spot.floor() * FLOOR_HEIGHT));
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
