package app.heyblue.tracking;

/** What the positions of two people say about their meeting. */
public enum Closeness {
  /** Within the rules' {@code acceptanceMeters} and the reported accuracies of each other. */
  NEAR,
  /**
   * So far apart that they can't have met, whatever the accuracies and however they moved since:
   * more than 500 m beyond them.
   */
  APART,
  /** Neither is certain, or one of the two has no position of the last two minutes. */
  UNKNOWN
}
