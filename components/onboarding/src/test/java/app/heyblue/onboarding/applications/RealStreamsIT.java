package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.messaging.StreamEngine;
import app.heyblue.onboarding.Applicant;
import app.heyblue.onboarding.domain.UserCreated;
import app.heyblue.postgres.Database;
import app.heyblue.testing.TestDatabase;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

/** Joining by the real streams, with a consumer that new parties wait for. */
class RealStreamsIT {
  @Test
  void aPartyIsActiveOnceItsConsumersHaveTakenItIn() throws Exception {
    Database database = TestDatabase.create("onboarding", "messaging");
    List<UserId> accounts = new CopyOnWriteArrayList<>();
    Clock clock = Clock.systemUTC();
    try (StreamEngine engine =
        new StreamEngine(database, clock, KernelBeans.timeOrdered(clock, new SecureRandom()))) {
      House house = House.on(database, engine.log(), engine.streams());
      engine.start(List.of(new Accounts(accounts)));
      house.worker.start(new StartupEvent());
      try {
        for (int i = 0; i < 5; i++) {
          UserId admitted =
              house.admissions.admit(
                  new Applicant(
                      PartyKind.CIVILIAN,
                      "person" + i + "@people.example",
                      House.PASSWORD,
                      "Person " + i,
                      "82001",
                      "device",
                      Map.of()));
          assertThat(accounts).hasSize(i + 1).endsWith(admitted);
          assertThat(house.identities.enabled).contains(admitted);
        }
      } finally {
        house.worker.stop(new ShutdownEvent());
      }
    }
  }

  private record Accounts(List<UserId> taken) implements StreamConsumer {
    @Override
    public String name() {
      return "test.accounts";
    }

    @Override
    public Stream stream() {
      return Stream.USERS;
    }

    @Override
    public void accept(Handle tx, Event event) {
      taken.add(event.dataAs(UserCreated.class).userId());
    }

    @Override
    public boolean admitsParties() {
      return true;
    }
  }
}
