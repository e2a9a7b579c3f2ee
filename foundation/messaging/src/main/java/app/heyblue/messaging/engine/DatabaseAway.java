package app.heyblue.messaging.engine;

/** The connection broke under a consumer: says nothing about the event, which comes again. */
final class DatabaseAway extends RuntimeException {
  private static final long serialVersionUID = 1;

  DatabaseAway(Throwable cause) {
    super(cause);
  }
}
