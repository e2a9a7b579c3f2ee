package app.heyblue.siege.door;

import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Duration;

/** Puts a clock that can be set in the place of the kernel's, and sets it. */
@Path("/siege/clock")
@ApplicationScoped
@PermitAll
class Clocks {
  private final SetClock clock = new SetClock(Clock.systemUTC());

  @Produces
  @Singleton
  @Alternative
  @Priority(1)
  Clock clock() {
    return clock;
  }

  /**
   * How far the clock is from the system's.
   *
   * @param seconds ahead, or behind where negative
   */
  record Setting(long seconds) {}

  @POST
  public Setting set(Setting setting) {
    clock.set(Duration.ofSeconds(setting.seconds()));
    return setting;
  }
}
