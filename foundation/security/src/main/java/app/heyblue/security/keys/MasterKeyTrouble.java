package app.heyblue.security.keys;

import java.nio.file.Path;

/**
 * What can be wrong with the file of the master keys, each in one sentence that says what to do.
 */
record MasterKeyTrouble(Path path) {
  /** A key that is needed isn't in the file. */
  static final class Lacking extends IllegalStateException {
    Lacking(String sentence) {
      super(sentence);
    }
  }

  IllegalStateException missing() {
    return new IllegalStateException(
        "The master key is missing at %s, but the database holds data sealed under it. Put the file back from your back-up of keys, or name its place in heyblue.security.master-key-file."
            .formatted(path));
  }

  IllegalStateException foreign() {
    return new IllegalStateException(
        "The master key in %s is not the one of this database. Put the right file there, or name its place in heyblue.security.master-key-file."
            .formatted(path));
  }

  Lacking lacking(String id) {
    return new Lacking(
        "The master key file %s lacks the key %s, under which keys in the database are wrapped. Put its line back from your back-up of keys."
            .formatted(path, id));
  }
}
