package app.heyblue.encounters.asking;

import app.heyblue.encounters.Street;

/** Requests of a street. */
public final class Asking {
  private Asking() {}

  /** The requests of a process that just started on the street's database. */
  public static Requests on(Street street) {
    return on(street, new OpenRequests());
  }

  static Requests on(Street street, OpenRequests open) {
    return new Requests(
        open,
        new AskingBudget(),
        street.tracking,
        street.alerts,
        Runnable::run,
        street.database,
        street.encounters,
        street.payments(),
        street.audit,
        street.ids,
        street.clock);
  }
}
