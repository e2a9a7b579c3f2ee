package app.heyblue.simulator;

/** Where a simulation is seen. */
public interface View {
  /** So many of all people have been found or have joined. */
  void joined(int done, int all);

  /** Once a second, how it stands. */
  void stands(Standing standing);

  /** Something happened that a person should know. */
  void say(String sentence);
}
