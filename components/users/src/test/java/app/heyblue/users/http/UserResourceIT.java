package app.heyblue.users.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.security.CurrentCaller;
import app.heyblue.users.Registry;
import app.heyblue.users.http.UserResource.DonationReceived;
import app.heyblue.users.http.UserResource.OfficerMet;
import app.heyblue.users.profiles.ProfileEditor.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UserResourceIT {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456Z");
  private static final PageRequest FIRST = new PageRequest(50, null);
  private final Registry registry = new Registry();
  private final UserId admin = registry.join(PartyKind.ADMIN, "Ada");
  private final UserId civilian = registry.join(PartyKind.CIVILIAN, "Maya");
  private final UserId officer =
      registry.join(
          PartyKind.OFFICER, "Dana Reyes", Map.of("agency", "Bluefield PD", "areaZip", "82001"));
  private final UserId charity =
      registry.join(PartyKind.CHARITY, "Food Bank", Map.of("ein", "123456789", "areaZip", "82001"));
  private final UserId family =
      registry.join(PartyKind.FAMILY, "The Alvarados", Map.of("areaZip", "820", "cause", "Food"));
  private final UserId merchant =
      registry.join(
          PartyKind.MERCHANT, "Corner Bakery", Map.of("ein", "880000001", "areaZip", "82001"));

  @Test
  void eachKindShowsInPublicWhatItMayAndNoMore() {
    assertThat(as(civilian, PartyKind.CIVILIAN).show(officer.value()))
        .isEqualTo(
            new PublicProfile(officer, PartyKind.OFFICER, null, "Bluefield PD", null, null, null));
    registry.editor.change(officer, "*", new Wish(null, null, true, null));
    assertThat(as(civilian, PartyKind.CIVILIAN).show(officer.value()).name())
        .isEqualTo("Dana Reyes");
    assertThat(as(civilian, PartyKind.CIVILIAN).show(charity.value()))
        .isEqualTo(
            new PublicProfile(
                charity, PartyKind.CHARITY, "Food Bank", null, "123456789", "82001", null));
    assertThat(as(civilian, PartyKind.CIVILIAN).show(merchant.value()))
        .isEqualTo(
            new PublicProfile(
                merchant, PartyKind.MERCHANT, "Corner Bakery", null, null, "82001", null));
  }

  @Test
  void civiliansFamiliesAndAdminsShowNothingToOthersNotEvenThatTheyAreThere() {
    for (UserId hidden : List.of(civilian, family, admin, new UserId(registry.id()))) {
      refused(CommonProblems.NOT_FOUND, () -> as(officer, PartyKind.OFFICER).show(hidden.value()));
    }
    assertThat(as(civilian, PartyKind.CIVILIAN).show(civilian.value()).name()).isEqualTo("Maya");
    assertThat(as(family, PartyKind.FAMILY).show(family.value()).name()).isEqualTo("The Alvarados");
    assertThat(as(admin, PartyKind.ADMIN).show(family.value()).name()).isEqualTo("The Alvarados");
  }

  @Test
  void aCivilianSeesTheOfficersMetLatestFirstPageByPage() {
    List<UserId> met = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      UserId one = registry.join(PartyKind.OFFICER, "Officer " + i, Map.of("agency", "PD"));
      // Two of them at the same moment.
      registry.meet(civilian, one, NOON.plusSeconds(i / 2));
      met.add(one);
    }
    registry.meet(civilian, met.getFirst(), NOON.plusSeconds(60));
    registry.meet(registry.join(PartyKind.CIVILIAN, "June"), officer, NOON);
    UserResource resource = as(civilian, PartyKind.CIVILIAN);
    List<OfficerMet> seen = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page<OfficerMet> page = resource.officersMet(civilian.value(), new PageRequest(2, after));
      seen.addAll(page.items());
      after = page.next();
    } while (after != null);
    assertThat(seen).extracting(OfficerMet::officerId).containsExactlyInAnyOrderElementsOf(met);
    assertThat(seen.getFirst())
        .isEqualTo(new OfficerMet(met.getFirst(), "PD", null, 2, NOON.plusSeconds(60)));
    assertThat(seen).isSortedAccordingTo((a, b) -> b.lastAt().compareTo(a.lastAt()));
  }

  @Test
  void aMalformedPlaceInTheListIsRefused() {
    for (String place :
        List.of("", "x", "/", NOON + "/x", "+1000000000-12-31T23:59:59Z/" + registry.id())) {
      if (!place.isEmpty()) {
        refused(
            CommonProblems.MALFORMED_CURSOR,
            () ->
                as(civilian, PartyKind.CIVILIAN)
                    .officersMet(civilian.value(), new PageRequest(5, Cursor.encode(place))));
      }
    }
  }

  @Test
  void aReversedEncounterCountsNoMore() {
    UUID meeting = registry.meet(civilian, officer, NOON);
    registry.meet(civilian, officer, NOON.plusSeconds(1));
    registry.reverse(meeting, civilian, NOON.plusSeconds(2));
    assertThat(as(officer, PartyKind.OFFICER).encounterCount(officer.value()).encounters())
        .isEqualTo(1);
    assertThat(as(civilian, PartyKind.CIVILIAN).officersMet(civilian.value(), FIRST).items())
        .extracting(OfficerMet::encounters)
        .containsExactly(1L);
  }

  @Test
  void anOfficersCountIsForItselfAndAdminsUntilTheOfficerAllowsMore() {
    registry.meet(civilian, officer, NOON);
    refused(
        CommonProblems.FORBIDDEN,
        () -> as(civilian, PartyKind.CIVILIAN).encounterCount(officer.value()));
    assertThat(as(admin, PartyKind.ADMIN).encounterCount(officer.value()).encounters()).isOne();
    registry.editor.change(officer, "*", new Wish(null, null, null, true));
    assertThat(as(civilian, PartyKind.CIVILIAN).encounterCount(officer.value()).encounters())
        .isOne();
    refused(
        CommonProblems.NOT_FOUND,
        () -> as(admin, PartyKind.ADMIN).encounterCount(civilian.value()));
  }

  @Test
  void aCharityLearnsItsDonorsAndAFamilyLearnsNone() {
    registry.donate(civilian, charity, 7, NOON);
    UUID later = registry.donate(officer, charity, 5, NOON.plusSeconds(1));
    registry.donate(civilian, family, 3, NOON);
    List<DonationReceived> toCharity =
        as(charity, PartyKind.CHARITY).donationsReceived(charity.value(), FIRST).items();
    assertThat(toCharity).extracting(DonationReceived::points).containsExactly(5L, 7L);
    assertThat(toCharity).extracting(DonationReceived::donorId).containsExactly(officer, civilian);
    assertThat(as(family, PartyKind.FAMILY).donationsReceived(family.value(), FIRST).items())
        .singleElement()
        .satisfies(
            donation -> {
              assertThat(donation.points()).isEqualTo(3);
              assertThat(donation.donorId()).isNull();
            });
    registry.reverse(later, officer, NOON.plusSeconds(9));
    assertThat(as(charity, PartyKind.CHARITY).donationsReceived(charity.value(), FIRST).items())
        .extracting(DonationReceived::points)
        .containsExactly(7L);
  }

  @Test
  void nobodyLooksBackForSomebodyElse() {
    refused(
        CommonProblems.FORBIDDEN,
        () -> as(admin, PartyKind.CIVILIAN).officersMet(civilian.value(), FIRST));
    refused(
        CommonProblems.FORBIDDEN,
        () -> as(charity, PartyKind.CHARITY).donationsReceived(family.value(), FIRST));
  }

  private UserResource as(UserId who, PartyKind kind) {
    return new UserResource(
        registry.database, registry.directory, registry.activity, new Signed(who, kind));
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }

  private record Signed(UserId who, PartyKind kind) implements CurrentCaller {
    @Override
    public Optional<Caller> find() {
      return Optional.of(get());
    }

    @Override
    public Caller get() {
      return new Caller(who, kind, who.value());
    }

    @Override
    public void requireSelfOrAdmin(UserId party) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void requireSelf(UserId party) {
      if (!party.equals(who)) {
        throw CommonProblems.FORBIDDEN.raise("A test says so.");
      }
    }
  }
}
