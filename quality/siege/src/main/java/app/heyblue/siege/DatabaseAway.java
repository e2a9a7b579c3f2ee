package app.heyblue.siege;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Stops every process of PostgreSQL (SIGSTOP) for a while: connections stay open and nobody
 * answers, which is harder on a server than a closed port.
 */
record DatabaseAway(Crowd crowd, Duration howLong, Scroll scroll) {
  /** How long it may take to tell that it is away. */
  private static final Duration NOTICED = Duration.ofSeconds(15);

  void run() throws IOException, InterruptedException {
    Stroke before = Stroke.begin(crowd.journal());
    Stroke.pause(Duration.ofSeconds(2));
    scroll.say("  before the database goes away:  %s", before);
    signal("STOP");
    Stroke away = Stroke.begin(crowd.journal());
    Stroke.pause(howLong);
    scroll.say("  while it is away for %3d s:      %s", howLong.toSeconds(), away);
    if (away.lost() > 0) {
      crowd
          .journal()
          .complain(away.lost() + " requests were left without an answer while it was away");
    }
    if (howLong.compareTo(NOTICED) > 0 && away.unavailable() == 0) {
      crowd.journal().complain("nobody was told by 503 that it was away");
    }
    Stroke after = Stroke.begin(crowd.journal());
    crowd.journal().struck();
    signal("CONT");
    double seconds = after.awaitRecovery();
    Stroke.pause(Duration.ofSeconds(2));
    scroll.say("  and after it:                   %s, recovered in %4.1f s", after, seconds);
  }

  private void signal(String name) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    crowd.server().postgres().forEach(process -> command.add(String.valueOf(process.pid())));
    // A process that ended meanwhile makes kill fail for itself only.
    new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
