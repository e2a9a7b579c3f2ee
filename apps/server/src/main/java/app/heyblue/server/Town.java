package app.heyblue.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Whether an installation has demo data; decided on its first start and kept in its data folder.
 */
enum Town {
  DEMO,
  EMPTY;

  /** What the first start decided, or decides now. */
  static Town of(Path home, boolean emptyWanted) {
    Path file = home.resolve("town");
    try {
      if (Files.exists(file)) {
        return Town.valueOf(Files.readString(file).strip());
      }
      Town decided = emptyWanted ? EMPTY : DEMO;
      // The owner's alone: what lies in it is what people trust us with.
      Files.createDirectories(
          home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.writeString(file, decided.name() + "\n");
      return decided;
    } catch (IOException e) {
      throw new UncheckedIOException("Can't use the data folder " + home, e);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(file + " should say DEMO or EMPTY.");
    }
  }
}
