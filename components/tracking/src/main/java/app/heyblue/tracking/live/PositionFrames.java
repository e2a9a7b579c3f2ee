package app.heyblue.tracking.live;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.LiveHandler;
import app.heyblue.security.Caller;
import app.heyblue.tracking.positions.Position;
import app.heyblue.tracking.positions.Positions;
import app.heyblue.tracking.sharing.Sharing;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes {@code {"positions": [...]}} from the live socket, as {@code POST /positions} does. */
@Singleton
public class PositionFrames implements LiveHandler {
  private static final Set<String> MEMBERS =
      Set.of("latitude", "longitude", "accuracyMeters", "at");

  private final Positions positions;
  private final Sharing sharing;

  public PositionFrames(Positions positions, Sharing sharing) {
    this.positions = positions;
    this.sharing = sharing;
  }

  @Override
  public String member() {
    return "positions";
  }

  @Override
  public void received(Caller caller, JsonNode value) {
    if (caller.kind() != PartyKind.CIVILIAN && caller.kind() != PartyKind.OFFICER) {
      throw CommonProblems.FORBIDDEN.raise("Only civilians and officers say where they are.");
    }
    if (!value.isArray() || value.isEmpty() || value.size() > Position.MOST_AT_ONCE) {
      throw ProblemException.invalid(
          "/positions", "Send an array of 1 to " + Position.MOST_AT_ONCE + " positions.");
    }
    List<Position> batch = new ArrayList<>(value.size());
    for (int i = 0; i < value.size(); i++) {
      batch.add(read("/positions/" + i, value.get(i)));
    }
    positions.take(caller, batch);
  }

  @Override
  public void disconnected(UserId party) {
    sharing.disconnected(party);
  }

  private static Position read(String pointer, JsonNode node) {
    if (!node.isObject()) {
      throw ProblemException.invalid(pointer, "Send an object with the members " + MEMBERS + ".");
    }
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!MEMBERS.contains(name)) {
                throw ProblemException.invalid(pointer, "A position has the members " + MEMBERS);
              }
            });
    return new Position(
        number(pointer, node, "latitude"),
        number(pointer, node, "longitude"),
        number(pointer, node, "accuracyMeters"),
        time(pointer + "/at", node.path("at")));
  }

  private static double number(String pointer, JsonNode node, String member) {
    JsonNode value = node.path(member);
    if (!value.isNumber()) {
      throw ProblemException.invalid(pointer + "/" + member, "This must be a number.");
    }
    return value.doubleValue();
  }

  private static Instant time(String pointer, JsonNode value) {
    try {
      return Moments.parse(value.asText());
    } catch (DateTimeException e) {
      throw ProblemException.invalid(
          pointer, "This must be a time as in RFC 3339, in UTC, such as 2026-07-01T12:00:00Z.");
    }
  }
}
