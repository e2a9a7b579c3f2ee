package app.heyblue.simulator;

/** Why a simulation can't be; its message is for the person who asked for it. */
public final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SimulationFailure(String message) {
    super(message);
  }
}
