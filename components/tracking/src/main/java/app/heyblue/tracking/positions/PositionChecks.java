package app.heyblue.tracking.positions;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemException.InputError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a batch of positions must be like, whoever sends it and whichever way it comes. */
final class PositionChecks {
  /** How far ahead of ours a phone's clock may be. */
  static final Duration AHEAD = Duration.ofSeconds(60);

  private PositionChecks() {}

  /**
   * Checks a batch.
   *
   * @throws ProblemException ({@code invalid-input}) with a pointer to each fault, and without the
   *     values
   */
  static void require(List<Position> batch, Instant now) {
    List<InputError> errors = new ArrayList<>();
    if (batch.isEmpty() || batch.size() > Position.MOST_AT_ONCE) {
      errors.add(
          new InputError(
              "/positions", "Send 1 to " + Position.MOST_AT_ONCE + " positions at once."));
    }
    Instant before = Instant.MIN;
    for (int i = 0; i < Math.min(batch.size(), Position.MOST_AT_ONCE); i++) {
      Position position = batch.get(i);
      String pointer = "/positions/" + i;
      requireWithin(errors, pointer + "/latitude", position.latitude(), -90, 90);
      requireWithin(errors, pointer + "/longitude", position.longitude(), -180, 180);
      requireWithin(
          errors,
          pointer + "/accuracyMeters",
          position.accuracyMeters(),
          0,
          Position.WORST_ACCURACY);
      if (position.at().isAfter(now.plus(AHEAD))) {
        errors.add(
            new InputError(
                pointer + "/at",
                "This lies in the future: here it's " + now + ". Set your clock."));
      }
      if (position.at().isBefore(before)) {
        errors.add(
            new InputError(pointer + "/at", "Send the positions in the order of their times."));
      }
      before = position.at();
    }
    if (!errors.isEmpty()) {
      throw new ProblemException(
          CommonProblems.INVALID_INPUT, errors.getFirst().detail(), errors, Map.of(), null);
    }
  }

  private static void requireWithin(
      List<InputError> errors, String pointer, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      errors.add(
          new InputError(
              pointer, "This must be a number from %.0f to %.0f.".formatted(least, most)));
    }
  }
}
