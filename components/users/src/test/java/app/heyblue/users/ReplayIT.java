package app.heyblue.users;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.users.profiles.ProfileEditor.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The read model is what the streams say, however often they say it. */
class ReplayIT {
  private static final Instant START = Instant.parse("2026-05-01T12:00:00.000001Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void aReplayOfAWholeStreamLeavesEveryReadModelExactlyAsItWas(long seed) {
    Registry registry = new Registry();
    live(registry, new Random(seed));
    List<String> before = registry.readModel();
    registry.told.forEach(registry::deliver);
    assertThat(registry.readModel()).isEqualTo(before);
    // From any point on, too.
    List<Event> later = registry.told.subList(registry.told.size() / 3, registry.told.size());
    later.forEach(registry::deliver);
    assertThat(registry.readModel()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(longs = 3)
  void theStreamsAloneGiveTheSameTablesElsewhere(long seed) {
    Registry registry = new Registry();
    live(registry, new Random(seed));
    Registry elsewhere = new Registry();
    registry.told.forEach(elsewhere::deliver);
    assertThat(elsewhere.readModel()).isEqualTo(registry.readModel());
    assertThat(registry.readModel()).noneMatch(table -> table.contains(" 0 "));
  }

  /** Some days in a town: people join, change, meet, give, and some of it is taken back. */
  private static void live(Registry registry, Random random) {
    List<UserId> civilians = new ArrayList<>();
    List<UserId> officers = new ArrayList<>();
    List<UserId> needy = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      civilians.add(registry.join(PartyKind.CIVILIAN, "Civilian " + i));
      officers.add(
          registry.join(
              PartyKind.OFFICER,
              "Officer " + i,
              Map.of("agency", "Harbor Sheriff " + i, "areaZip", "82010", "timeZone", "UTC")));
      needy.add(
          registry.join(
              PartyKind.CHARITY,
              "Food Bank of Town " + i,
              Map.of("ein", "12345678" + i, "areaZip", "82001", "cause", "K31")));
      needy.add(
          registry.join(
              PartyKind.FAMILY,
              "Family " + i,
              Map.of("areaZip", "820", "cause", "School supplies")));
    }
    List<UUID> transactions = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      UserId civilian = civilians.get(random.nextInt(5));
      UserId officer = officers.get(random.nextInt(5));
      Instant at = START.plusSeconds(i);
      switch (random.nextInt(6)) {
        case 0 -> transactions.add(registry.meet(civilian, officer, at));
        case 1 ->
            transactions.add(
                registry.donate(
                    civilian, needy.get(random.nextInt(10)), 1 + random.nextInt(9), at));
        case 2 ->
            registry.editor.change(
                officer,
                "*",
                new Wish("Officer " + random.nextInt(), null, random.nextBoolean(), null));
        case 3 -> registry.editor.change(civilian, "*", new Wish(null, Language.ES, null, null));
        case 4 -> {
          if (!transactions.isEmpty()) {
            UUID original = transactions.remove(random.nextInt(transactions.size()));
            registry.reverse(original, civilian, at);
          }
        }
        case 5 -> registry.list("12345678" + random.nextInt(5), random.nextBoolean());
        default -> throw new AssertionError();
      }
    }
  }
}
