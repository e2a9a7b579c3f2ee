package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.Applicant;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.security.NewIdentity;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parties for whom the operator vouches. */
class AdmissionIT {
  private final House house = new House();

  @BeforeEach
  void startWorker() {
    house.worker.start(new StartupEvent());
  }

  @AfterEach
  void stopWorker() throws InterruptedException {
    house.worker.stop(new ShutdownEvent());
  }

  @Test
  void anAdminIsActiveWhenAdmitReturnsAndNobodyIsMailed() {
    UserId admin = house.admissions.admit(admin("ada@bluefield.example"));

    assertThat(house.identities.enabled).containsExactly(admin);
    assertThat(house.streams.events()).hasSize(1);
    assertThat(house.streams.events().getFirst().path("kind").asText()).isEqualTo("admin");
    assertThat(house.mails).isEmpty();
  }

  @Test
  void admittingAgainGivesTheSameParty() {
    UserId once = house.admissions.admit(admin("ada@bluefield.example"));
    int hashed = house.identities.hashed.get();
    UserId twice = house.admissions.admit(admin(" Ada@Bluefield.example"));

    assertThat(twice).isEqualTo(once);
    assertThat(house.identities.hashed.get()).isEqualTo(hashed);
    assertThat(house.streams.events()).hasSize(1);
  }

  @Test
  void admittingAtOnceGivesOneParty() throws Exception {
    Callable<UserId> call = () -> house.admissions.admit(admin("ada@bluefield.example"));
    Set<UserId> made = new HashSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var answer : threads.invokeAll(Stream.generate(() -> call).limit(6).toList())) {
        made.add(answer.get());
      }
    }
    assertThat(made).hasSize(1);
    assertThat(house.streams.events()).hasSize(1);
  }

  @Test
  void aVouchedMerchantNeedsNoReviewAndReplacesItsOwnApplication() {
    UUID waiting = house.apply(House.merchant("bakery@shops.example"));
    UserId merchant =
        house.admissions.admit(
            applicant(
                PartyKind.MERCHANT,
                "bakery@shops.example",
                Map.of("legalName", "Corner Bakery LLC", "ein", "880000001")));

    assertThat(house.identities.enabled).containsExactly(merchant);
    assertThat(house.status(waiting)).isEqualTo(ApplicationStatus.REJECTED);
  }

  @Test
  void anAddressOfAnotherKindIsRefused() {
    house.admissions.admit(admin("ada@bluefield.example"));

    Refusals.assertRefused(
        "already-joined",
        () ->
            house.admissions.admit(
                applicant(PartyKind.CIVILIAN, "ada@bluefield.example", Map.of())));
  }

  @Test
  void anAccountThatNoApplicationMadeIsRefused() {
    house.identities.create(
        new NewIdentity(
            new UserId(new UUID(0, 5)),
            PartyKind.CIVILIAN,
            "ada@bluefield.example",
            house.identities.hash(House.PASSWORD, ""),
            "device"));

    Refusals.assertRefused(
        "already-joined", () -> house.admissions.admit(admin("ada@bluefield.example")));
  }

  @Test
  void anAccountThatMovedToTheAddressIsGivenToItsKindOnly() {
    UserId ada = house.admissions.admit(admin("ada@bluefield.example"));
    NewIdentity made = Objects.requireNonNull(house.identities.created.get(ada));
    house.identities.created.put(
        ada,
        new NewIdentity(
            ada, made.kind(), "ada@elsewhere.example", made.password(), made.deviceId()));

    Refusals.assertRefused(
        "already-joined",
        () ->
            house.admissions.admit(
                applicant(PartyKind.CIVILIAN, "ada@elsewhere.example", Map.of())));
    assertThat(house.admissions.admit(admin("ada@elsewhere.example"))).isEqualTo(ada);
  }

  @Test
  void aCharityThatTheCatalogDoesNotHaveKeepsItsOwnNameAndZip() {
    house.admissions.admit(
        applicant(PartyKind.CHARITY, "info@new.example", Map.of("ein", "530000000")));
    house.admissions.admit(
        applicant(
            PartyKind.CHARITY, "info@pantry.example", Map.of("ein", House.PANTRY.ein().value())));

    assertThat(house.streams.events())
        .extracting(event -> event.path("displayName").asText() + event.path("areaZip").asText())
        .containsExactly("Ada Operator00000", "CAPITAL FOOD PANTRY INC20001");
  }

  @Test
  void aBadgeThatIsTakenIsRefused() {
    Map<String, String> evidence = Map.of("agency", "bluefield police", "badgeNumber", "1042");
    house.admissions.admit(applicant(PartyKind.OFFICER, "dana@police.bluefield.example", evidence));

    Refusals.assertRefused(
        "already-joined",
        () ->
            house.admissions.admit(
                applicant(PartyKind.OFFICER, "sam@police.bluefield.example", evidence)));
  }

  @Test
  void whatIsMissingIsNamed() {
    Refusals.assertRefused(
            "invalid-input",
            () -> house.admissions.admit(applicant(PartyKind.OFFICER, "a@b.example", Map.of())))
        .satisfies(
            problem ->
                assertThat(((ProblemException) problem).errors())
                    .extracting(ProblemException.InputError::pointer)
                    .containsExactlyInAnyOrder("/evidence/agency", "/evidence/badgeNumber"));
    Refusals.assertRefused("invalid-input", () -> house.admissions.admit(admin("not an address")));
  }

  private static Applicant admin(String email) {
    return applicant(PartyKind.ADMIN, email, Map.of());
  }

  private static Applicant applicant(PartyKind kind, String email, Map<String, String> evidence) {
    return new Applicant(
        kind, email, House.PASSWORD, "Ada Operator", "00000", "operator-made", evidence);
  }
}
