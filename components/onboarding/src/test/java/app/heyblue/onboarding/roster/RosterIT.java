package app.heyblue.onboarding.roster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.fingerprints.Fingerprints;
import app.heyblue.security.HouseKeys;
import app.heyblue.testing.TestDatabase;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RosterIT {
  private static final Agency METRO =
      new Agency("Metro Police", "metro.example", "America/New_York", "20001");
  private static final Agency HARBOR =
      new Agency("Harbor Sheriff", "harbor.example", "America/Denver", "82001");

  private final Roster roster =
      new Roster(
          TestDatabase.create("onboarding"),
          new Fingerprints(new OneKey()),
          (tx, action, subject, details) -> {});

  @Test
  void findsAnAgencyByIdOrBySpellingsOfItsName() {
    roster.put(METRO);

    assertThat(roster.find("metro-police")).contains(METRO);
    assertThat(roster.find(" METRO  police.")).contains(METRO);
    assertThat(roster.find("Metro")).isEmpty();
  }

  @Test
  void puttingAgainReplacesWhatIsKnownAndKeepsTheBadges() {
    roster.put(METRO);
    roster.addBadge("Metro Police", "42");
    roster.addBadge("metro-police", " #42");
    Agency moved = new Agency("METRO POLICE", "metro.example", "America/Chicago", "60601");
    roster.put(moved);

    assertThat(roster.agencies()).containsExactly(moved);
    assertThat(roster.hasBadge(moved, "42")).isTrue();
  }

  @Test
  void aBadgeCountsForItsAgencyOnly() {
    roster.put(METRO);
    roster.put(HARBOR);
    roster.addBadge(METRO.name(), "0042");

    assertThat(roster.hasBadge(METRO, "0042")).isTrue();
    assertThat(roster.hasBadge(METRO, "42")).isFalse();
    assertThat(roster.hasBadge(HARBOR, "0042")).isFalse();
    assertThatThrownBy(() -> roster.addBadge("Nowhere", "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFileReplacesTheBadgesOfItsAgenciesAndLeavesTheOthers() {
    roster.put(METRO);
    roster.put(HARBOR);
    roster.addBadge(METRO.name(), "1");
    roster.addBadge(HARBOR.name(), "1");
    assertThat(roster.replace(Map.of(METRO, Set.of("2", "3"))))
        .isEqualTo(new RosterCounts(1, 2, 2, 1));
    assertThat(roster.replace(Map.of(METRO, Set.of("2", "3"))))
        .isEqualTo(new RosterCounts(1, 2, 0, 0));

    assertThat(roster.hasBadge(METRO, "1")).isFalse();
    assertThat(roster.hasBadge(METRO, "2")).isTrue();
    assertThat(roster.hasBadge(HARBOR, "1")).isTrue();
  }

  @Test
  void filesThatComeAtOnceAreTakenOneAfterTheOther() throws Exception {
    List<Callable<RosterCounts>> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Set<String> badges = Set.of("a" + i, "b" + i);
      files.add(() -> roster.replace(Map.of(METRO, badges, HARBOR, badges)));
    }
    int left = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var counts : threads.invokeAll(files)) {
        left += counts.get().added() - counts.get().removed();
      }
    }

    assertThat(left).isEqualTo(4);
  }

  @Test
  void whatCantBeSeenInABadgeDoesNotMakeItAnother() {
    roster.put(METRO);
    roster.addBadge(METRO.name(), "1042");

    assertThat(roster.hasBadge(METRO, "\uFF11042")).isTrue();
    assertThat(roster.hasBadge(METRO, "10\u200B42\u00A0")).isTrue();
    assertThat(roster.hasBadge(METRO, "1O42")).isFalse();
  }

  private static final class OneKey implements HouseKeys {
    @Override
    public SecretKey symmetric(String name) {
      return new SecretKeySpec(new byte[32], "HmacSHA256");
    }

    @Override
    public KeyPair ed25519(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public KeyPair p256(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
