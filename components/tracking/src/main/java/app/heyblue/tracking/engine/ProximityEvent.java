package app.heyblue.tracking.engine;

import app.heyblue.kernel.UserId;

/** What happened between a civilian and an officer; each happens once per stay. */
public sealed interface ProximityEvent {
  UserId civilian();

  UserId officer();

  /** The two have become near. */
  record Entered(UserId civilian, UserId officer) implements ProximityEvent {}

  /**
   * The two have been near for as long as the rules ask, and the civilian has alerts left today:
   * the civilian is to be told.
   *
   * @param cell the officer's published cell
   * @param rings how many rings of cells lie between the two, 0 for the same cell
   */
  record Dwelt(UserId civilian, UserId officer, long cell, int rings) implements ProximityEvent {}

  /** The two aren't near any more, since one of them moved on or the rules say otherwise now. */
  record Left(UserId civilian, UserId officer) implements ProximityEvent {}

  /** One of the two is gone: the officer's sharing ended, or the civilian's position is too old. */
  record Expired(UserId civilian, UserId officer) implements ProximityEvent {}
}
