package app.heyblue.catalogs.refresh;

import static app.heyblue.catalogs.refresh.World.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.RefreshStatus.State;
import app.heyblue.catalogs.postgres.RefreshLock;
import app.heyblue.catalogs.postgres.RefreshTable;
import app.heyblue.catalogs.schedule.ScheduledRefreshes;
import app.heyblue.catalogs.search.CharityIndex;
import app.heyblue.kernel.ProblemException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refreshes on the real database: whole or nothing, one at a time, whatever happens meanwhile. */
class RefreshIT {
  private static final int MANY = 6000;

  private Path folder;
  private World world;

  @BeforeEach
  void freshWorld(@TempDir Path temporary) {
    folder = temporary;
    world = new World(folder);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (world != null) {
      world.close();
    }
  }

  @Test
  void appliesAddsChangesAndRemovals() throws Exception {
    world.refresh(rows(20));
    String[] next = rows(21);
    next[3] = row(ein(3), "A NEW NAME", "WASHINGTON", "DC");
    next[4] = row(ein(4), "NAME 4", "WASHINGTON", "DC").replace(",-1,", ",-2,");
    next[5] = "";
    RefreshStatus done = world.refresh(next);

    assertThat(done.status()).isEqualTo(State.APPLIED);
    assertThat(List.of(done.rowsRead(), done.added(), done.changed(), done.removed()))
        .containsExactly(20L, 1L, 2L, 1L);
    assertThat(world.charities.find(new Ein(ein(3))).map(Charity::name)).contains("A NEW NAME");
    assertThat(world.charities.find(new Ein(ein(5)))).isEmpty();
    assertThat(world.audited)
        .containsExactly(
            "refresh.started", "refresh.applied", "refresh.started", "refresh.applied");
  }

  @Test
  void aCharityComesBack() throws Exception {
    world.refresh(rows(20));
    String[] without = rows(20);
    without[7] = "";
    world.refresh(without);
    assertThat(world.charities.find(new Ein(ein(7)))).isEmpty();
    assertThat(world.refresh(rows(20)).added()).isEqualTo(1);
    assertThat(world.charities.find(new Ein(ein(7)))).isPresent();
  }

  @Test
  void keepsNeitherStreetNorTheNameInIco() throws Exception {
    world.refresh(rows(1));
    String everything =
        world.database.read(
            tx ->
                tx.createQuery("select string_agg(c::text, ',') from catalogs.charity c")
                    .mapTo(String.class)
                    .one());
    assertThat(everything).contains("NAME 0").doesNotContain("JANE").doesNotContain("MAIN ST");
  }

  @Test
  void aBadRowIsCountedAndItsCharityStays() throws Exception {
    world.refresh(rows(20));
    String[] next = rows(20);
    next[2] = ein(2) + ",TOO,FEW\r\n";
    next[3] = "12345678,EIGHT DIGITS\r\n" + next[3];
    next[4] = next[4] + row(ein(4), "THE SAME EIN AGAIN", "WASHINGTON", "DC");
    RefreshStatus done = world.refresh(next);

    assertThat(done.status()).isEqualTo(State.APPLIED);
    assertThat(List.of(done.rowsRead(), done.rejected(), done.removed(), done.changed()))
        .containsExactly(22L, 3L, 0L, 0L);
    assertThat(world.charities.find(new Ein(ein(2))).map(Charity::name)).contains("NAME 2");
    assertThat(world.charities.find(new Ein(ein(4))).map(Charity::name)).contains("NAME 4");
  }

  @Test
  void refusesMoreThanOnePercentOfBadRows() throws Exception {
    world.refresh(rows(500));
    String seen = world.digest();
    String[] next = rows(500);
    for (int i = 0; i < 6; i++) {
      next[i * 7] = "rubbish\r\n";
    }
    assertRefused(world.refresh(next), seen, "bad rows", 6);
  }

  @Test
  void refusesAShrunkenStateButNotAnAbsentOne() throws Exception {
    String[] both = rows(40);
    for (int i = 0; i < 20; i++) {
      both[i] = row(ein(i), "NAME " + i, "BURLINGTON", "VT");
    }
    world.refresh(both);
    String seen = world.digest();
    String[] fewer = both.clone();
    fewer[25] = fewer[26] = fewer[27] = "";
    assertRefused(world.refresh(fewer), seen, "3 of the 20 charities of DC", 0);

    String[] vermontOnly = java.util.Arrays.copyOf(both, 20);
    vermontOnly[9] = "";
    RefreshStatus done = world.refresh(vermontOnly);
    assertThat(done.status()).isEqualTo(State.APPLIED);
    assertThat(done.removed()).isEqualTo(1);
  }

  @Test
  void aCharityThatMovedToAnotherStateIsChangedAndNotLost() throws Exception {
    world.refresh(rows(20));
    RefreshStatus moved = world.refresh(row(ein(5), "NAME 5", "BURLINGTON", "VT"));
    assertThat(List.of(moved.added(), moved.changed(), moved.removed()))
        .containsExactly(0L, 1L, 0L);
    String[] rest = rows(20);
    rest[5] = "";
    assertThat(world.refresh(rest).removed()).isZero();
    assertThat(world.charities.find(new Ein(ein(5))).map(Charity::state)).contains("VT");
  }

  @Test
  void foreignCharitiesAreAStateOfTheirOwn() throws Exception {
    world.refresh(rows(20));
    RefreshStatus foreign = world.refresh(row("980000001", "AMIS", "PARIS FRANCE", ""));
    assertThat(foreign.added()).isEqualTo(1);
    assertThat(world.refresh(row("980000001", "AMIS", "LYON FRANCE", "")).changed()).isEqualTo(1);
    assertThat(world.charities.find(new Ein(ein(0)))).isPresent();
  }

  @Test
  void refusesOtherColumnsAnEmptyFileAndOneThatIsNotThere() throws Exception {
    world.refresh(rows(20));
    String seen = world.digest();
    byte[] other =
        World.HEADER
            .replace("STATE", "REGION")
            .concat("\n")
            .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertRefused(world.refresh(world.file(other)), seen, "STATE", 0);
    assertRefused(world.refresh(world.file(new byte[0])), seen, "empty", 0);
    assertRefused(world.refresh(), seen, "no rows", 0);
    assertRefused(world.refresh(folder.resolve("nowhere.csv")), seen, "can't be read", 0);
  }

  @Test
  void onlyOneRefreshRunsAtATime() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    world.beforeShown =
        tx -> {
          reached.countDown();
          goOn.await();
        };
    Path file = world.file(rows(20));
    UUID first = world.refresher.refreshCharities(file, "first");
    reached.await();
    assertThat(world.refresher.status(first).status()).isEqualTo(State.RUNNING);
    assertThat(world.refresher.status(first).rowsRead()).isEqualTo(20);
    for (Refresher any : List.of(world.refresher, world.refresher())) {
      assertThatThrownBy(() -> any.refreshCharities(file, "second"))
          .isInstanceOfSatisfying(
              ProblemException.class,
              problem -> assertThat(problem.type()).isEqualTo(CatalogProblems.REFRESH_RUNNING));
    }
    world.refresher().start(new StartupEvent());
    goOn.countDown();
    assertThat(world.refresher.await(CatalogName.CHARITIES, first).status())
        .isEqualTo(State.APPLIED);
    assertThat(world.refresh(file).status()).isEqualTo(State.APPLIED);
  }

  @Test
  void ofManyStartedAtOnceAllButOneAreTurnedAway() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    world.beforeShown = tx -> goOn.await();
    Path file = world.file(rows(20));
    List<UUID> begun = java.util.Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              try {
                                begun.add(world.refresher.refreshCharities(file, "no " + i));
                              } catch (ProblemException turnedAway) {
                                assertThat(turnedAway.type().status()).isEqualTo(409);
                              }
                            }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(begun).hasSize(1);
    goOn.countDown();
    assertThat(world.refresher.await(CatalogName.CHARITIES, begun.getFirst()).status())
        .isEqualTo(State.APPLIED);
  }

  @Test
  void whatACrashCutShortIsRefusedAtTheNextStart() throws Exception {
    world.refresh(rows(20));
    String seen = world.digest();
    String stored = world.stored();
    CountDownLatch dead = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    world.beforeShown =
        tx -> {
          // The process dies: its connection ends, and nothing of it runs any more.
          int backend = tx.createQuery("select pg_backend_pid()").mapTo(Integer.class).one();
          world.database.read(
              other ->
                  other
                      .createQuery("select pg_terminate_backend(:pid, 10000)")
                      .bind("pid", backend)
                      .mapTo(Boolean.class)
                      .one());
          dead.countDown();
          never.await();
        };
    UUID cut = world.refresher.refreshCharities(world.file(rows(25)), "cut short");
    assertThat(dead.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(world.refresher.status(cut).status()).isEqualTo(State.RUNNING);
    assertThat(world.digest()).isEqualTo(seen);
    assertThat(world.stored()).isNotEqualTo(stored);

    Refresher restarted = world.refresher();
    restarted.start(new StartupEvent());
    RefreshStatus refused = restarted.status(cut);
    assertThat(refused.status()).isEqualTo(State.REFUSED);
    assertThat(refused.reason()).contains("interrupted");
    assertThat(world.digest()).isEqualTo(seen);
    assertThat(world.stored()).isEqualTo(stored);
    world.beforeShown = tx -> {};
    assertThat(restarted.refreshCharitiesNow(world.file(rows(25)), "again").added()).isEqualTo(5);
    never.countDown();
  }

  @Test
  void whatACrashCutShortIsRefusedOnceTheDeadConnectionLetsGo() throws Exception {
    UUID cut = UUID.randomUUID();
    RefreshLock lock = new RefreshLock(CatalogName.CHARITIES);
    Refresher restarted = world.refresher();
    restarted.betweenRecoveries = Duration.ofMillis(1);
    try (Handle dead = world.database.open()) {
      assertThat(lock.tryLock(dead)).isTrue();
      dead.useTransaction(
          tx ->
              new RefreshTable()
                  .insert(tx, cut, CatalogName.CHARITIES, "cut short", false, Instant.EPOCH));
      restarted.start(new StartupEvent());
      assertThat(restarted.status(cut).status()).isEqualTo(State.RUNNING);
      lock.unlock(dead);
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (restarted.status(cut).status() == State.RUNNING) {
      assertThat(System.nanoTime()).as("it's refused").isLessThan(deadline);
      Thread.onSpinWait();
    }
    assertThat(restarted.status(cut).reason()).contains("interrupted");
  }

  @Test
  void stopsBeforeTheScheduleAndBothBeforeTheIndex() throws Exception {
    assertThat(
            List.of(
                priorityOfStop(Refresher.class),
                priorityOfStop(ScheduledRefreshes.class),
                priorityOfStop(CharityIndex.class)))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private static int priorityOfStop(Class<?> bean) throws NoSuchMethodException {
    return bean.getDeclaredMethod("stop", ShutdownEvent.class)
        .getParameters()[0]
        .getAnnotation(Priority.class)
        .value();
  }

  @Test
  void aRefreshThatFailsIsRefusedAtOnce() throws Exception {
    world.refresh(rows(20));
    String seen = world.digest();
    String stored = world.stored();
    world.beforeShown =
        tx -> {
          throw new IllegalStateException("meant by the test");
        };
    assertRefused(world.refresh(rows(25)), seen, "failed", 0);
    assertThat(world.stored()).isEqualTo(stored);
  }

  @Test
  void readersSeeOneMonthOrTheOther() throws Exception {
    world.refresh(rows(MANY));
    String before = world.digest();
    String[] next = rows(MANY + 50);
    for (int i = 0; i < MANY; i += 3) {
      next[i] = row(ein(i), "RENAMED " + i, "WASHINGTON", "DC");
    }
    for (int i = 1; i < MANY; i += 30) {
      next[i] = "";
    }
    Set<String> seen = ConcurrentHashMap.newKeySet();
    AtomicBoolean over = new AtomicBoolean();
    world.beforeShown =
        tx -> {
          // Everything is written, nothing is shown yet.
          assertThat(world.digest()).isEqualTo(before);
        };
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  do {
                    seen.add(world.digest());
                  } while (!over.get());
                });
    RefreshStatus done = world.refresh(next);
    over.set(true);
    reader.join();

    assertThat(done.status()).isEqualTo(State.APPLIED);
    assertThat(done.changed()).isEqualTo(MANY / 3);
    assertThat(done.removed()).isEqualTo(MANY / 30);
    assertThat(world.digest()).isNotEqualTo(before);
    assertThat(seen).isSubsetOf(before, world.digest());
  }

  private void assertRefused(RefreshStatus status, String seen, String reason, long rejected) {
    assertThat(status.status()).isEqualTo(State.REFUSED);
    assertThat(status.reason()).contains(reason).endsWith(".");
    assertThat(status.rejected()).isEqualTo(rejected);
    assertThat(List.of(status.added(), status.changed(), status.removed()))
        .containsExactly(0L, 0L, 0L);
    assertThat(world.digest()).isEqualTo(seen);
  }

  private static String ein(int number) {
    return "%09d".formatted(10_000_000 + number * 13_001);
  }

  private static String[] rows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> row(ein(i), "NAME " + i, "WASHINGTON", "DC"))
        .toArray(String[]::new);
  }
}
