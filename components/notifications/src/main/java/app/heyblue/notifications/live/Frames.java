package app.heyblue.notifications.live;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.Alert;
import app.heyblue.notifications.NotificationsProblems;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The messages of the live socket as text. */
final class Frames {
  /** What a message may have, in bytes. */
  static final int LONGEST = 64 * 1024;

  private static final ObjectReader READER =
      Json.strict(
              JsonMapper.builder(
                      JsonFactory.builder()
                          .streamReadConstraints(
                              StreamReadConstraints.builder()
                                  .maxNestingDepth(16)
                                  .maxNumberLength(64)
                                  .maxStringLength(LONGEST)
                                  .build())
                          .build())
                  .build())
          .reader();

  private Frames() {}

  /**
   * Reads a message.
   *
   * @throws ProblemException ({@code malformed}) where it isn't a JSON object
   */
  static JsonNode read(byte[] text) {
    try {
      JsonNode frame = READER.readTree(text);
      if (frame != null && frame.isObject()) {
        return frame;
      }
    } catch (IOException e) {
      // Its message quotes what was sent.
    }
    throw CommonProblems.MALFORMED.raise(
        "A message is one JSON object in UTF-8, at most 16 levels deep, each name once.");
  }

  static String welcome(Instant expiresAt) {
    return write(Map.of("type", "welcome", "expiresAt", expiresAt));
  }

  /** A refusal as it would be answered to a request. */
  static String problem(ProblemException refused) {
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "/problems/" + refused.type().slug());
    problem.put("title", refused.type().title());
    problem.put("status", refused.type().status());
    problem.put("detail", refused.detail());
    if (!refused.errors().isEmpty()) {
      problem.put("errors", refused.errors());
    }
    problem.putAll(refused.extensions());
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", "problem");
    frame.put("problem", problem);
    return write(frame);
  }

  static ProblemException unknown() {
    return NotificationsProblems.UNKNOWN_MESSAGE.raise(
        "A message has exactly one member, which says what it is.");
  }

  static String alert(Alert alert) {
    Map<String, Object> frame = new LinkedHashMap<>();
    switch (alert) {
      case Alert.OfficerNearby near -> {
        frame.put("type", "officerNearby");
        frame.put("officerRef", near.officerRef());
        frame.put("cell", near.cell());
        frame.put("distanceBand", near.distanceBand());
        if (near.name() != null) {
          frame.put("name", near.name());
        }
      }
      case Alert.EncounterRequested requested -> {
        frame.put("type", "encounterRequested");
        frame.put("id", requested.id());
        frame.put("expiresAt", requested.expiresAt());
      }
      case Alert.EncounterConfirmed confirmed -> {
        frame.put("type", "encounterConfirmed");
        frame.put("id", confirmed.id());
        frame.put("quote", confirmed.quote());
        frame.put("points", confirmed.points());
        frame.put("otherPoints", confirmed.otherPoints());
        frame.put("balance", confirmed.balance());
      }
      case Alert.BalanceChanged changed -> {
        frame.put("type", "balanceChanged");
        frame.put("points", changed.points());
        frame.put("held", changed.held());
        frame.put("available", changed.available());
      }
      case Alert.SharingEnded ended -> {
        frame.put("type", "sharingEnded");
        frame.put("reason", ended.reason());
      }
    }
    return write(frame);
  }

  private static String write(Map<String, ?> frame) {
    try {
      return Json.mapper().writeValueAsString(frame);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
