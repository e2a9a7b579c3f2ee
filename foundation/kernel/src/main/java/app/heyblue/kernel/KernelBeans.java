package app.heyblue.kernel;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** The clock, the ids and the randomness that everything else has injected. */
@ApplicationScoped
public class KernelBeans {
  @Produces
  @Singleton
  Clock clock() {
    return systemClock();
  }

  /** The clock of this machine, for commands, which nothing is injected into. */
  public static Clock systemClock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  @Produces
  @Singleton
  IdGenerator ids(Clock clock, SecureRandom random) {
    return timeOrdered(clock, random);
  }

  /** UUIDv7 of a clock and a source of randomness. */
  public static IdGenerator timeOrdered(Clock clock, SecureRandom random) {
    TimeOrderedEpochFactory factory =
        TimeOrderedEpochFactory.builder().withClock(clock).withRandom(random).build();
    return factory::create;
  }
}
