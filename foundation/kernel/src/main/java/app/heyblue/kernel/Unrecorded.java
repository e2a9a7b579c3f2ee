package app.heyblue.kernel;

import java.util.List;

/**
 * The operations that leave no audit record, trace, line in a log or count of their own, since the
 * times at which they are called would tell where officers are.
 */
public final class Unrecorded {
  private static final List<String> PATHS =
      List.of("sharing", "positions", "nearby", "live", "encounters").stream()
          .map(name -> "/api/v1/" + name)
          .toList();

  /** A scan proves a meeting: it's recorded like everything that moves points. */
  private static final String SCANS = "/api/v1/encounters/scans";

  private Unrecorded() {}

  /** Whether a path, or an operation's path template, is one of them. */
  public static boolean covers(String path) {
    return PATHS.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"))
        && !path.startsWith(SCANS);
  }
}
