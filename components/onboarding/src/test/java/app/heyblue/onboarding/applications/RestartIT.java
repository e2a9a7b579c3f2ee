package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.validators.IdValidator;
import app.heyblue.onboarding.validators.Verdict;
import app.heyblue.security.NewIdentity;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Applications whose process ends wherever it may, and validators that don't do what they should.
 */
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
    third.worker.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);

    House fourth = third.restarted();
    fourth.reviews.approve(id, null);
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.APPROVED);

    house.streams.takenIn = false;
    House fifth = fourth.restarted();
    fifth.worker.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ADMITTED);

    house.streams.takenIn = true;
    House sixth = fifth.restarted();
    sixth.worker.pass();
    sixth.restarted().worker.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(house.streams.events()).hasSize(1);
    assertThat(house.identities.created).hasSize(1);
    assertThat(house.identities.enabled).hasSize(1);
  }

  @Test
  void aCrashBetweenTheCredentialsAndTheEventRepeatsTheStep() {
    UUID id = house.apply(House.civilian(MAYA));
    house.applications.confirm(id, house.codeFor(id));
    // The event's table is gone for a moment: the step fails after it has made the credentials.
    house.database.useTransaction(tx -> tx.execute("alter table public.event rename to away"));
    house.worker.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.APPROVED);
    assertThat(house.identities.created).hasSize(1);

    house.database.useTransaction(tx -> tx.execute("alter table public.away rename to event"));
    House next = house.restarted();
    next.worker.pass();
    assertThat(house.status(id))
        .as("it waits before it tries again")
        .isEqualTo(ApplicationStatus.APPROVED);
    next.passTime(Duration.ofSeconds(2));
    next.worker.pass();

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(house.streams.events()).hasSize(1);
    assertThat(house.identities.created).hasSize(1);
  }

  @Test
  void workersOfTwoProcessesTellTheEventOnce() throws Exception {
    UUID id = house.apply(House.civilian(MAYA));
    house.applications.confirm(id, house.codeFor(id));
    House other = house.restarted();
    Thread first = Thread.ofVirtual().start(house.worker::pass);
    Thread second = Thread.ofVirtual().start(other.worker::pass);
    first.join();
    second.join();
    house.worker.pass();

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
  void aValidatorThatTakesTooLongSendsToReview() {
    CountDownLatch never = new CountDownLatch(1);
    UUID id =
        joinWith(
            validator(
                Duration.ofMillis(50),
                candidate -> {
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return new Verdict.Verified();
                }));

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
    assertThat(findings()).containsExactly("The test desk didn't answer in time.");
  }

  @Test
  void aValidatorThatFailsSendsToReview() {
    UUID id =
        joinWith(
            validator(
                Duration.ofSeconds(5),
                candidate -> {
                  throw new IllegalStateException("unreachable");
                }));

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
    assertThat(findings()).containsExactly("The test desk failed.");
  }

  @Test
  void oneRejectionOutweighsEverything() {
    IdValidator undecided =
        validator(Duration.ofSeconds(5), candidate -> new Verdict.Undecided("not sure"));
    IdValidator rejecting =
        validator(Duration.ofSeconds(5), candidate -> new Verdict.Rejected("no such shop"));
    UUID id = joinWith(undecided, rejecting);

    assertThat(house.applications.view(id).reason()).isEqualTo("no such shop");
  }

  @Test
  void aKindThatNobodyVerifiesIsNotAdmittedUnseen() {
    UUID id = joinWith();

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
  }

  @Test
  void anAddressThatGotAnAccountElsewhereMeanwhileIsRejected() {
    UUID id = house.apply(House.civilian(MAYA));
    house.applications.confirm(id, house.codeFor(id));
    var other = new app.heyblue.kernel.UserId(new UUID(0, 5));
    house.identities.create(
        new NewIdentity(
            other, PartyKind.CIVILIAN, MAYA, house.identities.hash("other password"), "device"));
    house.worker.pass();

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
    house.worker.pass();

    Refusals.assertRefused("not-found", () -> house.applications.view(id));
    assertThat(house.identities.created).isEmpty();
  }

  private UUID joinWith(IdValidator... validators) {
    House asking = house.withValidators(validators);
    return asking.join(House.merchant("bakery@shops.example"));
  }

  private java.util.List<String> findings() {
    return house.reviews.waiting(new PageRequest(10, null)).items().getFirst().findings();
  }

  private void await(UUID id, ApplicationStatus status) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (house.status(id) != status) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  private static IdValidator validator(Duration limit, Function<Candidate, Verdict> check) {
    return new IdValidator() {
      @Override
      public String name() {
        return "test desk";
      }

      @Override
      public Set<PartyKind> kinds() {
        return Set.of(PartyKind.MERCHANT);
      }

      @Override
      public Verdict validate(Candidate candidate) {
        return check.apply(candidate);
      }

      @Override
      public Duration timeLimit() {
        return limit;
      }
    };
  }
}
