package app.heyblue.kernel;

import java.util.UUID;

/** Makes ids: UUIDv7 (RFC 9562), so that they sort by the time of their making. */
@FunctionalInterface
public interface IdGenerator {
  /** A new id; never the same twice. */
  UUID next();
}
