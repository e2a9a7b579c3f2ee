package app.heyblue.onboarding.applications;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Language;
import app.heyblue.onboarding.codes.Purpose;
import app.heyblue.onboarding.domain.Ending;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What lies in the tables of the room. */
class PrivacyIT {
  private final House house = new House();

  @Test
  void noPersonalTextIsStoredInClearInAnyState() {
    UUID waiting = house.apply(House.civilian("waiting@people.example"));
    UUID reviewed = house.join(House.officer("dana@elsewhere.example", "1042"));
    UUID rejected = house.join(House.officer("evan@elsewhere.example", "B-4711"));
    house.reviews.reject(rejected, "Evan is not known there");
    house.join(House.officer("ruth@police.bluefield.example", "1042"));
    house.recovery.request(Purpose.PASSWORD_RESET, "ruth@police.bluefield.example", Language.EN);
    UUID relink =
        house.recovery.request(Purpose.DEVICE_RELINK, "ruth@police.bluefield.example", Language.EN);

    String stored = everythingStored();
    assertThat(stored).contains("awaitingemail", "needsreview", "rejected", "active");
    assertThat(stored)
        .doesNotContain(
            "people.example",
            "elsewhere",
            "dana",
            "reyes",
            "evan",
            "ruth",
            "maya",
            "1042",
            "4711",
            "82009",
            "device-7",
            "battery",
            house.codeFor(waiting),
            house.codeFor(reviewed),
            house.codeFor(relink));
  }

  @Test
  void whatHasServedIsErased() {
    house.join(House.civilian("maya@people.example"));
    UUID rejected = house.join(House.merchant("bakery@shops.example"));
    house.reviews.reject(rejected, "no");

    List<Boolean> kept =
        house.database.read(
            tx ->
                tx.createQuery(
                        """
                        select form is not null or password_hash is not null
                          or exists (select from onboarding.finding f
                            where f.application = a.id and f.finding is not null)
                        from onboarding.application a
                        """)
                    .mapTo(Boolean.class)
                    .list());
    assertThat(kept).containsExactly(false, false);
  }

  @Test
  void whoNeverJoinedIsForgottenWithTheirKey() {
    UUID joined = house.join(House.civilian("maya@people.example"));
    UUID waiting = house.apply(House.civilian("waiting@people.example"));
    UUID rejected = house.join(House.merchant("bakery@shops.example"));
    house.reviews.reject(rejected, "no such shop");

    house.passTime(Duration.ofDays(8));
    house.upkeep.run();
    assertThat(house.applications.view(waiting).ending()).isEqualTo(Ending.EXPIRED);
    assertThat(house.applications.view(rejected).reason()).isEqualTo("no such shop");
    assertThat(house.keys.persons).hasSize(2);

    house.passTime(Duration.ofDays(23));
    house.upkeep.run();
    Refusals.assertRefused("not-found", () -> house.applications.view(rejected));
    house.passTime(Duration.ofDays(8));
    house.upkeep.run();
    Refusals.assertRefused("not-found", () -> house.applications.view(waiting));
    assertThat(house.keys.persons)
        .containsOnlyKeys(Objects.requireNonNull(house.applications.view(joined).userId()));
  }

  /** Every row of every table as text, octets as the characters that they'd be. */
  private String everythingStored() {
    return house.database.read(
        tx -> {
          StringBuilder all = new StringBuilder();
          tx.execute("set bytea_output = 'escape'");
          for (String table :
              tx.createQuery("select tablename from pg_tables where schemaname = 'onboarding'")
                  .mapTo(String.class)
                  .list()) {
            // The agencies are public, and Flyway's history is ours.
            if (!table.equals("agency") && !table.startsWith("flyway")) {
              tx.createQuery("select t::text from onboarding." + table + " t")
                  .mapTo(String.class)
                  .forEach(row -> all.append(withoutIds(row)).append('\n'));
            }
          }
          tx.execute("reset bytea_output");
          return all.toString().toLowerCase(Locale.ROOT);
        });
  }

  /** Ids, times and the octal of ciphertext hold any digits by chance. */
  private static String withoutIds(String row) {
    return row.replaceAll("\\\\+[0-7]{3}", "·")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "·")
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[.\\d]*[+-]\\d\\d", "·");
  }
}
