package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Candidate;
import app.heyblue.onboarding.domain.Conclusion;
import app.heyblue.onboarding.domain.Finding;
import app.heyblue.onboarding.domain.ReviewItem;
import app.heyblue.onboarding.validators.IdValidator;
import app.heyblue.onboarding.validators.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Validators that are slow, fail, lie, or hang. */
class ValidatorsIT {
  private static final Duration SHORT = Duration.ofMillis(60);
  private static final Duration LONG = Duration.ofSeconds(20);

  private final House house = new House();
  private final CountDownLatch never = new CountDownLatch(1);

  @Test
  void oneThatDoesNotAnswerInTimeIsAskedAgainAndAfterTenMinutesAHumanIs() {
    House asking = house.withValidators(desk("slow desk", SHORT, this::waitForEver));
    UUID id = asking.join(House.merchant("bakery@shops.example"));
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.VERIFYING);
    assertThat(asking.reviews.findings(id))
        .extracting(Finding::verdict, Finding::finding)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Conclusion.UNAVAILABLE, "It didn't answer in time."));

    asking.passTime(Duration.ofMinutes(9));
    asking.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.VERIFYING);

    asking.passTime(Duration.ofMinutes(2));
    asking.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
    assertThat(onlyReview().findings()).hasSize(1);
  }

  @Test
  void oneThatFailsIsAskedAgainAtOnceAndLaterAndThenItsVerdictCounts() {
    AtomicInteger asked = new AtomicInteger();
    House asking =
        house.withValidators(
            desk(
                "flaky desk",
                LONG,
                candidate -> {
                  if (asked.incrementAndGet() <= 3) {
                    throw new IllegalStateException("unreachable");
                  }
                  return new Verdict.Verified();
                }));
    UUID id = asking.join(House.merchant("bakery@shops.example"));
    assertThat(asked).hasValue(2);
    assertThat(asking.reviews.findings(id).getFirst())
        .satisfies(
            finding -> {
              assertThat(finding.attempts()).isEqualTo(2);
              assertThat(finding.finding()).isEqualTo("It failed.");
              assertThat(finding.validator()).isEqualTo("flaky desk");
            });

    asking.passTime(Duration.ofSeconds(2));
    asking.pass();
    assertThat(house.status(id)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(asked).hasValue(4);
    assertThat(asking.reviews.findings(id).getFirst().verdict()).isEqualTo(Conclusion.VERIFIED);
  }

  @Test
  void aVerdictIsNeverAskedForAgain() {
    AtomicInteger asked = new AtomicInteger();
    House asking =
        house.withValidators(
            desk(
                "sure desk",
                LONG,
                candidate -> {
                  asked.incrementAndGet();
                  return new Verdict.Undecided("not sure");
                }),
            desk(
                "broken desk",
                LONG,
                candidate -> {
                  throw new IllegalStateException("unreachable");
                }));
    UUID id = asking.join(House.merchant("bakery@shops.example"));
    for (int i = 0; i < 3; i++) {
      asking.passTime(Duration.ofMinutes(4));
      asking.pass();
    }

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
    assertThat(asked).hasValue(1);
    assertThat(onlyReview().findings())
        .extracting(Finding::validator)
        .containsExactly("broken desk", "sure desk");
    assertThat(onlyReview().findings())
        .extracting(Finding::verdict)
        .containsExactly(Conclusion.UNAVAILABLE, Conclusion.UNDECIDED);
  }

  @Test
  void oneThatKeepsFailingIsLeftInPeace() {
    AtomicInteger asked = new AtomicInteger();
    House asking =
        house.withValidators(
            desk(
                "dead desk",
                LONG,
                candidate -> {
                  asked.incrementAndGet();
                  throw new IllegalStateException("unreachable");
                }));
    for (int i = 0; i < 10; i++) {
      asking.apply(House.merchant("shop" + i + "@shops.example"));
    }
    house.mails.forEach(mail -> asking.applications.confirm(mail.id(), house.codeFor(mail.id())));
    asking.pass();

    assertThat(asked.get()).isBetween(2, 12);
    assertThat(
            house.mails.stream()
                .flatMap(mail -> asking.reviews.findings(mail.id()).stream())
                .map(Finding::finding))
        .contains("It failed lately, so it isn't asked right now.");
  }

  @Test
  void oneThatHangsForEverHoldsUpNeitherOtherKindsNorItsOwn() throws Exception {
    AtomicInteger hanging = new AtomicInteger();
    House asking =
        house.withValidators(
            desk(
                "hanging desk",
                SHORT,
                candidate -> {
                  hanging.incrementAndGet();
                  return hangDeafly();
                }));
    for (int i = 0; i < 20; i++) {
      asking.apply(House.merchant("shop" + i + "@shops.example"));
    }
    UUID maya = asking.apply(House.civilian("maya@people.example"));
    house.mails.forEach(mail -> asking.applications.confirm(mail.id(), house.codeFor(mail.id())));

    // The civilian, applied last, goes through although no merchant's check has ended.
    List<Future<Boolean>> first = asking.worker.sweep();
    first.getLast().get();
    assertThat(house.status(maya)).isEqualTo(ApplicationStatus.APPROVED);

    asking.pass();
    assertThat(house.status(maya)).isEqualTo(ApplicationStatus.ACTIVE);
    assertThat(hanging.get()).as("no more threads than places").isEqualTo(2);
    never.countDown();
  }

  @Test
  void oneThatLiesIsOutvotedByOneRejectionAndHeldUpByOneDoubt() {
    IdValidator liar = desk("liar", LONG, candidate -> new Verdict.Verified("I know them all!"));
    IdValidator doubting =
        desk("doubting desk", LONG, candidate -> new Verdict.Undecided("not sure"));
    IdValidator rejecting =
        desk("strict desk", LONG, candidate -> new Verdict.Rejected("no such shop"));

    UUID doubted =
        house.withValidators(liar, doubting).join(House.merchant("bakery@shops.example"));
    assertThat(house.status(doubted)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
    assertThat(onlyReview().findings())
        .extracting(Finding::finding)
        .containsExactly("not sure", "I know them all!");
    UUID rejected =
        house.withValidators(liar, doubting, rejecting).join(House.merchant("x@shops.example"));
    assertThat(house.applications.view(rejected).reason()).isEqualTo("no such shop");
  }

  @Test
  void aRejectionDoesNotWaitForWhoDoesNotAnswer() {
    UUID id =
        house
            .withValidators(
                desk("slow desk", SHORT, this::waitForEver),
                desk("strict desk", LONG, candidate -> new Verdict.Rejected("no such shop")))
            .join(House.merchant("bakery@shops.example"));

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.REJECTED);
  }

  @Test
  void aKindThatNobodyVerifiesIsNotAdmittedUnseen() {
    UUID id = house.withValidators().join(House.merchant("bakery@shops.example"));

    assertThat(house.status(id)).isEqualTo(ApplicationStatus.NEEDS_REVIEW);
  }

  @Test
  void whatWasFoundOutlivesTheDecisionWithoutItsWords() {
    UUID id = house.join(House.merchant("bakery@shops.example"));
    assertThat(onlyReview().findings())
        .extracting(Finding::validator)
        .containsExactly("EIN prefix", "human eye");
    house.reviews.approve(id, null);

    assertThat(house.reviews.findings(id)).extracting(Finding::finding).containsExactly("", "");
    assertThat(house.reviews.findings(id))
        .extracting(Finding::verdict)
        .containsExactly(Conclusion.VERIFIED, Conclusion.UNDECIDED);
  }

  private ReviewItem onlyReview() {
    List<ReviewItem> items = house.reviews.waiting(new PageRequest(10, null)).items();
    assertThat(items).hasSize(1);
    return items.getFirst();
  }

  private Verdict waitForEver(Candidate candidate) {
    try {
      never.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new Verdict.Verified();
  }

  private Verdict hangDeafly() {
    while (true) {
      try {
        never.await();
        return new Verdict.Verified();
      } catch (InterruptedException e) {
        // That is the point: it doesn't listen.
      }
    }
  }

  static IdValidator desk(String name, Duration limit, Function<Candidate, Verdict> check) {
    return new IdValidator() {
      @Override
      public String name() {
        return name;
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
