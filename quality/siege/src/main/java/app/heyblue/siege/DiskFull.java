package app.heyblue.siege;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Fills the file system of the data folder to the last byte, and makes room again. */
record DiskFull(Crowd crowd, Duration howLong, Scroll scroll) {
  private static final int PIECE = 1 << 16;

  void run() throws IOException {
    Path filler = crowd.server().home().resolveSibling("filler");
    Stroke before = Stroke.begin(crowd.journal());
    Stroke.pause(Duration.ofSeconds(2));
    scroll.say("  before the disk is full:        %s", before);
    Stroke full = Stroke.begin(crowd.journal());
    fill(filler);
    Stroke.pause(howLong);
    fill(filler);
    scroll.say("  while it is full for %3d s:      %s", howLong.toSeconds(), full);
    Stroke after = Stroke.begin(crowd.journal());
    crowd.journal().struck();
    Files.delete(filler);
    double seconds = after.awaitRecovery();
    Stroke.pause(Duration.ofSeconds(2));
    scroll.say("  and after it:                   %s, recovered in %4.1f s", after, seconds);
  }

  private static void fill(Path filler) {
    for (int piece = PIECE; piece >= 1; piece /= 16) {
      try (OutputStream out =
          Files.newOutputStream(
              filler,
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.APPEND)) {
        byte[] zeros = new byte[piece];
        while (true) {
          out.write(zeros);
        }
      } catch (IOException full) {
        // That's what was wanted.
      }
    }
  }
}
