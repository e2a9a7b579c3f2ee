package app.heyblue.catalogs.schedule;

import static app.heyblue.catalogs.refresh.World.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.refresh.World;
import app.heyblue.catalogs.sources.Source;
import app.heyblue.catalogs.sources.Sources;
import app.heyblue.kernel.PageRequest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedule on the real database: in its time, once, and made up for. */
class ScheduledRefreshesIT {
  private static final Instant MONDAY = Instant.parse("2026-11-23T04:30:00Z");

  private World world;
  private Sources sources;

  @BeforeEach
  void twoSources(@TempDir Path folder) throws Exception {
    world = new World(folder);
    Path charities =
        Files.writeString(
            folder.resolve("dc.csv"),
            World.HEADER + "\r\n" + row("010000001", "ONE", "WASHINGTON", "DC"),
            StandardCharsets.US_ASCII);
    Path families =
        Files.writeString(
            folder.resolve("families.csv"), "case_number,state,zip\nAA-0001,VT,05401\n");
    world.settings.sources.put("dc", charities.toString());
    world.settings.familySources.put("vt", families.toString());
    world.settings.schedule = Optional.of("30 4 * * 1");
    sources = new Sources(world.settings);
  }

  @AfterEach
  void closeWorld() throws InterruptedException {
    world.close();
  }

  @Test
  void refreshesEverySourceOnceWhenItsTimeHasCome() throws Exception {
    ScheduledRefreshes first = at(MONDAY);
    first.start(new StartupEvent());
    Source dc = sources.require(CatalogName.CHARITIES, "dc");
    assertThat(first.next(dc)).contains(MONDAY.plus(Duration.ofDays(7)));
    first.stop(new ShutdownEvent());
    assertThat(refreshes(CatalogName.CHARITIES)).as("not at the first start").isEmpty();

    // A week later two processes wake at once.
    Instant later = MONDAY.plus(Duration.ofDays(8));
    List<ScheduledRefreshes> both = List.of(at(later), at(later));
    both.forEach(each -> each.start(new StartupEvent()));
    Instant next = MONDAY.plus(Duration.ofDays(14));
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!both.getFirst().next(dc).equals(Optional.of(next))) {
      assertThat(System.nanoTime()).as("it runs").isLessThan(deadline);
      Thread.onSpinWait();
    }
    for (ScheduledRefreshes each : both) {
      each.stop(new ShutdownEvent());
    }
    for (CatalogName catalog : CatalogName.values()) {
      assertThat(refreshes(catalog)).singleElement().matches(refresh -> refresh.added() == 1);
    }
  }

  @Test
  void aScheduleThatCannotBeReadStopsTheStart() {
    world.settings.schedule = Optional.of("on Mondays");
    assertThatThrownBy(() -> at(MONDAY))
        .hasMessageContaining("heyblue.catalogs.schedule can't be read");
  }

  @Test
  void withoutAScheduleNothingIsRefreshedByItself() {
    world.settings.schedule = Optional.empty();
    ScheduledRefreshes none = at(MONDAY);
    none.start(new StartupEvent());
    assertThat(none.next(sources.all().getFirst())).isEmpty();
  }

  private ScheduledRefreshes at(Instant now) {
    return new ScheduledRefreshes(
        world.refresher, sources, world.settings, world.database, Clock.fixed(now, ZoneOffset.UTC));
  }

  private List<RefreshStatus> refreshes(CatalogName catalog) {
    return world.database.read(
        tx -> new RefreshTable().list(tx, catalog, new PageRequest(10, null)));
  }
}
