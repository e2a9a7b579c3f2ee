package app.heyblue.server;

import app.heyblue.kernel.Serving;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.event.Event;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The started server: says where to look and waits. */
final class Server implements QuarkusApplication {
  private final Clock clock;
  private final String address;
  private final boolean demo;
  private final Event<Serving> serving;

  Server(
      Clock clock,
      Event<Serving> serving,
      @ConfigProperty(name = "heyblue.address") String address,
      @ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.clock = clock;
    this.serving = serving;
    this.address = address;
    this.demo = demo;
  }

  @Override
  public int run(String... args) {
    serving.fire(new Serving());
    Duration since =
        Duration.between(
            Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
            clock.instant());
    System.out.printf(
        """

        HeyBlue is running (after %.1f s).
          API        %s/docs      browse and try every operation
          Contract   %s/openapi   OpenAPI document
          Health     %s/health    Metrics %s/metrics
        """,
        since.toMillis() / 1000.0, address, address, address, address);
    if (demo) {
      System.out.printf(
          """
            Demo town  %s/api/v1/demo/people
                       %s/api/v1/demo/mailbox?email=…
          These are demo data with open doors, for this machine only: anybody here can sign in as
          anybody. Start with `--empty` in another HEYBLUE_HOME for a town of your own.
          In another terminal: ./heyblue tour
        """,
          address, address);
    }
    System.out.println("Stop with Ctrl-C.");
    Quarkus.waitForExit();
    return 0;
  }
}
