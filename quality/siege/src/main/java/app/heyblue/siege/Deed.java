package app.heyblue.siege;

/** One thing that a client wants done once, under one idempotency key, and what became of it. */
final class Deed {
  private final Kind kind;
  private final Actor actor;
  private final String path;
  private final Object body;
  private final String key;
  private volatile State state = new State.Open();

  Deed(Kind kind, Actor actor, String path, Object body, String key) {
    this.kind = kind;
    this.actor = actor;
    this.path = path;
    this.body = body;
    this.key = key;
  }

  /** What clients do. */
  enum Kind {
    SCAN,
    DONATION,
    GIVEAWAY,
    REVERSAL,
    HOLD,
    COLLECTION,
    RELEASE
  }

  /** What the client knows. */
  sealed interface State {
    /** Not answered yet. */
    record Open() implements State {}

    /** An answer was lost, and the client asks no more: nobody knows. */
    record GivenUp() implements State {}

    /**
     * Done, said the server.
     *
     * @param id of the transaction; of the hold for one that was placed or released
     */
    record Acknowledged(String id) implements State {}

    /** Refused for good. */
    record Refused(String problem) implements State {}
  }

  Kind kind() {
    return kind;
  }

  Actor actor() {
    return actor;
  }

  String path() {
    return path;
  }

  Object body() {
    return body;
  }

  String key() {
    return key;
  }

  State state() {
    return state;
  }

  void become(State now) {
    state = now;
  }
}
