package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.security.NewIdentity;
import app.heyblue.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Applications whose process ends wherever it may. */
class RestartIT {
  private static final String MAYA = "maya@people.example";
  private final House house = new House();

  @Test
  void anApplicationGoesOnAfterARestartInEveryState() {
    UUID id = house.apply(House.merchant("bakery@shops.example"));
    String code = house.codeFor(id);

    House second = house.restarted();
    second.applications.confirm(id, code);
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.VERIFYING);

    House third = second.restarted();
    third.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);

    House fourth = third.restarted();
    fourth.reviews.approve(id, null);
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.APPROVED);

    house.streams.takenIn = false;
    House fifth = fourth.restarted();
    fifth.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ADMITTED);

    house.streams.takenIn = true;
    House sixth = fifth.restarted();
    sixth.pass();
    sixth.restarted().pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(house.streams.events()).hasSize(1);
    assertThat(house.identities.created).hasSize(1);
    assertThat(house.identities.enabled).hasSize(1);
  }

  /** A new process after each single step, and after one that failed at its end. */
  @ParameterizedTest
  @EnumSource(
      value = PartyKind.class,
      names = {"CIVILIAN", "OFFICER", "CHARITY", "FAMILY", "MERCHANT"})
  void everyKindJoinsOnceThoughItsProcessEndsAfterEveryStep(PartyKind kind) {
    UUID id = house.apply(formOf(kind));
    house.restarted().applications.confirm(id, house.codeFor(id));
    Set<ApplicationStatus> seen = EnumSet.noneOf(ApplicationStatus.class);
    for (int i = 0; i < 8; i++) {
      seen.add(house.status(id));
      House process = house.restarted();
      if (house.status(id) == ApplicationStatus.NEEDS_REVIEW) {
        process.reviews.approve(id, null);
      }
      process.worker.sweep().forEach(RestartIT::finish);
      // The one before it wakes up once more, late.
      house.worker.sweep().forEach(RestartIT::finish);
    }

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(seen).contains(ApplicationStatus.VERIFYING, ApplicationStatus.ACTIVE);
    assertThat(house.streams.events()).hasSize(1);
    assertThat(house.identities.created).hasSize(1);
    assertThat(house.mails)
        .filteredOn(mail -> mail.template() == Template.welcome(kind))
        .hasSize(1);
    assertThat(house.mails).extracting(Letter::id).doesNotHaveDuplicates();
  }

  @Test
  void theDatabaseMayDieAtAnyStep() {
    List<UUID> ids = new ArrayList<>();
    for (PartyKind kind : List.of(PartyKind.CIVILIAN, PartyKind.OFFICER, PartyKind.MERCHANT)) {
      ids.add(house.apply(formOf(kind)));
    }
    ids.forEach(id -> house.applications.confirm(id, house.codeFor(id)));
    for (int i = 0; i < 3; i++) {
      Thread killer = Thread.ofPlatform().start(TestDatabase::killServer);
      try {
        house.pass();
      } catch (RuntimeException e) {
        // The sweep's own read failed; the worker logs that and sweeps again.
      }
      join(killer);
    }
    house.passTime(Duration.ofMinutes(2));
    House next = house.restarted();
    onceItIsBack(
        () -> {
          next.pass();
          if (house.status(ids.getLast()) == ApplicationStatus.NEEDS_REVIEW) {
            next.reviews.approve(ids.getLast(), null);
          }
          next.passTime(Duration.ofMinutes(1));
          next.pass();
          assertThat(ids).extracting(house::status).containsOnly(ApplicationStatus.ACTIVE);
        });

    assertThat(ids).extracting(house::status).containsOnly(ApplicationStatus.ACTIVE);
    assertThat(house.streams.events()).hasSize(3);
    assertThat(house.identities.created).hasSize(3);
  }

  @Test
  void applicationsOfOneAddressFromTwoDevicesAtOnceMakeOneParty() throws Exception {
    List<Callable<UUID>> devices = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      devices.add(
          () -> {
            UUID id = house.apply(House.civilian(MAYA));
            try {
              house.applications.confirm(id, house.codeFor(id));
            } catch (ProblemException | AssertionError e) {
              // Replaced by a newer one, or the address was known by then.
            }
            return id;
          });
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var device : threads.invokeAll(devices)) {
        device.get();
      }
    }
    House other = house.restarted();
    Thread first = Thread.ofVirtual().start(house::pass);
    Thread second = Thread.ofVirtual().start(other::pass);
    first.join();
    second.join();

    assertThat(house.identities.created).hasSizeLessThanOrEqualTo(1);
    assertThat(house.streams.events()).hasSameSizeAs(house.identities.created.keySet());
  }

  @Test
  void ofManyWhoBringOneBadgeAtOnceOneJoinsAndTheOthersLearnNothing() throws Exception {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ids.add(house.apply(House.officer("dana" + i + "@police.bluefield.example", "1042")));
    }
    ids.forEach(id -> house.applications.confirm(id, house.codeFor(id)));
    House other = house.restarted();
    Thread first = Thread.ofVirtual().start(house::pass);
    Thread second = Thread.ofVirtual().start(other::pass);
    first.join();
    second.join();
    house.pass();

    assertThat(ids)
        .extracting(house::status)
        .containsOnlyOnce(ApplicationStatus.ACTIVE)
        .containsOnly(ApplicationStatus.ACTIVE, ApplicationStatus.NEEDS_REVIEW);
    assertThat(house.streams.events()).hasSize(1);
    assertThat(
            ids.stream()
                .map(house.applications::view)
                .filter(view -> view.status() == ApplicationStatus.NEEDS_REVIEW))
        .allMatch(view -> view.reason() == null);
  }

  @Test
  void aCrashBetweenTheCredentialsAndTheEventRepeatsTheStep() {
    UUID id = house.apply(House.civilian(MAYA));
    house.applications.confirm(id, house.codeFor(id));
    // The event's table is gone for a moment: the step fails after it has made the credentials.
    house.database.useTransaction(tx -> tx.execute("alter table public.event rename to away"));
    house.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.APPROVED);
    assertThat(house.identities.created).hasSize(1);

    house.database.useTransaction(tx -> tx.execute("alter table public.away rename to event"));
    House next = house.restarted();
    next.pass();
    assertThat(house.status(id))
        .as("it waits before it tries again")
        .isEqualTo(ApplicationStatus.APPROVED);
    next.passTime(Duration.ofSeconds(2));
    next.pass();

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(house.streams.events()).hasSize(1);
    assertThat(house.identities.created).hasSize(1);
  }

  @Test
  void workersOfTwoProcessesTellTheEventOnce() throws Exception {
    UUID id = house.apply(House.civilian(MAYA));
    house.applications.confirm(id, house.codeFor(id));
    House other = house.restarted();
    Thread first = Thread.ofVirtual().start(house::pass);
    Thread second = Thread.ofVirtual().start(other::pass);
    first.join();
    second.join();
    house.pass();

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(house.streams.events()).hasSize(1);
  }

  @Test
  void theRunningWorkerIsWokenByAConfirmationAndByProgress() throws Exception {
    house.streams.takenIn = false;
    house.worker.start(new io.quarkus.runtime.StartupEvent());
    try {
      UUID id = house.apply(House.civilian(MAYA));
      house.applications.confirm(id, house.codeFor(id));
      await(id, ApplicationStatus.ADMITTED);
      house.streams.takenIn = true;
      house.streams.progress();
      await(id, ApplicationStatus.ACTIVE);
    } finally {
      house.worker.stop(new io.quarkus.runtime.ShutdownEvent());
    }
  }

  @Test
  void anAddressThatGotAnAccountElsewhereMeanwhileIsRejected() {
    UUID id = house.apply(House.civilian(MAYA));
    house.applications.confirm(id, house.codeFor(id));
    var other = new app.heyblue.kernel.UserId(new UUID(0, 5));
    house.identities.create(
        new NewIdentity(
            other,
            PartyKind.CIVILIAN,
            MAYA,
            house.identities.hash("other password", MAYA),
            "device"));
    house.pass();

    assertThat(house.applications.view(id).reason()).contains("has an account already");
    assertThat(house.streams.events()).isEmpty();
  }

  @Test
  void whoWasForgottenMeanwhileDoesNotJoin() {
    UUID id = house.join(House.merchant("bakery@shops.example"));
    house.reviews.approve(id, null);
    house.database.useTransaction(
        tx ->
            tx.createQuery("select user_id from onboarding.application")
                .mapTo(UUID.class)
                .forEach(user -> house.keys.destroyKey(tx, new app.heyblue.kernel.UserId(user))));
    house.pass();

    Refusals.assertRefused("not-found", () -> house.applications.view(id));
    assertThat(house.identities.created).isEmpty();
  }

  private void await(UUID id, ApplicationStatus status) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (house.status(id) != status) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  private static Form formOf(PartyKind kind) {
    return switch (kind) {
      case CIVILIAN -> House.civilian(MAYA);
      case OFFICER -> House.officer("dana@police.bluefield.example", "1042");
      case CHARITY -> House.charity("info@pantry.example", "Capital Food Pantry");
      case FAMILY ->
          House.form(
              kind,
              "alvarado@people.example",
              "The Alvarado family",
              "82001",
              Map.of("caseNumber", "BF-0001"));
      case MERCHANT -> House.merchant("bakery@shops.example");
      case ADMIN -> throw new IllegalArgumentException("admins don't apply");
    };
  }

  private static void finish(Future<Boolean> step) {
    try {
      step.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  /** Connections of the pool that died are noticed by who uses them first. */
  private static void onceItIsBack(Runnable work) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      try {
        work.run();
        return;
      } catch (RuntimeException | AssertionError e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
