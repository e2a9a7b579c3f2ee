package app.heyblue.catalogs.refresh;

import static app.heyblue.catalogs.refresh.World.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.CatalogProblems;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.RefreshStatus.Phase;
import app.heyblue.catalogs.RefreshStatus.State;
import app.heyblue.catalogs.postgres.ChangeList;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Undoing a refresh: exactly back, once, in order, whatever happens meanwhile. */
class UndoIT {
  private World world;

  @BeforeEach
  void freshWorld(@TempDir Path temporary) {
    world = new World(temporary);
  }

  @AfterEach
  void closeWorld() throws InterruptedException {
    world.close();
  }

  @Test
  void anUndoBringsBackExactlyWhatWasThere() throws Exception {
    world.refresh(month(20, "first"));
    String before = world.digest();
    String[] next = month(22, "first");
    next[3] = row(ein(3), "ANOTHER", "WASHINGTON", "DC");
    next[5] = "";
    RefreshStatus second = world.refresh(next);

    RefreshStatus undo = world.undo(second.id());
    assertThat(undo.status()).isEqualTo(State.APPLIED);
    assertThat(undo.undoes()).isEqualTo(second.id());
    assertThat(List.of(undo.added(), undo.changed(), undo.removed())).containsExactly(1L, 1L, 2L);
    assertThat(world.digest()).isEqualTo(before);
    assertThat(world.refresher.status(second.id()).undoneBy()).isEqualTo(undo.id());
    assertThat(world.audited).endsWith("refresh.started", "refresh.undone");

    // What an undo did can be looked at as what any refresh did.
    ChangeList changes = new ChangeList(world.database);
    assertThat(changes.of(undo, new PageRequest(50, null))).hasSize(4);
    assertThat(changes.latest(CatalogFormat.EO_BMF)).contains(undo.id());
  }

  @Test
  void anUndoStopsWithTheServerAndLeavesNothingBehind() throws Exception {
    world.refresh(month(20, "first"));
    RefreshStatus second = world.refresh(month(22, "second"));
    String seen = world.digest();
    String stored = world.stored();
    Refresher stopped = world.refresher();
    world.onStart = tx -> stopped.stop(new ShutdownEvent());
    RefreshStatus undo =
        stopped.await(CatalogName.CHARITIES, stopped.undo(CatalogName.CHARITIES, second.id()));
    assertThat(undo.status()).isEqualTo(State.REFUSED);
    assertThat(undo.reason()).contains("interrupted");
    assertThat(world.digest()).isEqualTo(seen);
    assertThat(world.stored()).isEqualTo(stored);
    world.onStart = tx -> {};
    assertThat(world.undo(second.id()).status()).isEqualTo(State.APPLIED);
  }

  @Test
  void aRefreshAfterAnUndoGoesAgainstTheUndoneState() throws Exception {
    world.refresh(month(20, "first"));
    RefreshStatus wrong = world.refresh(month(21, "wrong"));
    world.undo(wrong.id());
    RefreshStatus again = world.refresh(month(22, "first"));
    assertThat(List.of(again.added(), again.changed(), again.removed()))
        .containsExactly(2L, 0L, 0L);
    assertThat(world.undo(again.id()).removed()).isEqualTo(2);
  }

  @Test
  void refreshesAreUndoneFromTheLatestBackAndEachOnce() throws Exception {
    RefreshStatus first = world.refresh(month(20, "first"));
    String afterFirst = world.digest();
    RefreshStatus second = world.refresh(month(21, "second"));
    RefreshStatus same = world.refresh(month(21, "second"));

    assertRefused(first.id(), CatalogProblems.NOT_UNDOABLE, second.id().toString());
    assertRefused(same.id(), CatalogProblems.NOT_UNDOABLE, "changed nothing");
    assertRefused(new UUID(0, 1), CommonProblems.NOT_FOUND, "no refresh");
    RefreshStatus undo = world.undo(second.id());
    assertThat(world.digest()).isEqualTo(afterFirst);
    assertRefused(second.id(), CatalogProblems.NOT_UNDOABLE, "undone before");
    assertRefused(undo.id(), CatalogProblems.NOT_UNDOABLE, "an undo itself");

    world.undo(first.id());
    assertThat(world.digest()).startsWith("0/");
    assertRefused(first.id(), CatalogProblems.NOT_UNDOABLE, "undone before");
  }

  @Test
  void whatWasPrunedIsNotUndone() throws Exception {
    world.settings.generationsKept = 2;
    world.refresh(month(20, "first"));
    RefreshStatus second = world.refresh(month(20, "second"));
    RefreshStatus third = world.refresh(month(20, "third"));
    RefreshStatus fourth = world.refresh(month(20, "fourth"));
    assertThat(world.stored()).as("the first month's versions are gone").startsWith("60/");
    world.undo(fourth.id());
    world.undo(third.id());
    assertRefused(second.id(), CatalogProblems.NOT_UNDOABLE, "too far back");
    assertThat(world.charities.find(new Ein(ein(0)))).isPresent();
  }

  @Test
  void anUndoThatACrashCutShortChangedNothing() throws Exception {
    world.refresh(month(20, "first"));
    RefreshStatus second = world.refresh(month(22, "second"));
    String seen = world.digest();
    String stored = world.stored();
    CountDownLatch dead = new CountDownLatch(1);
    world.beforeShown =
        tx -> {
          int backend = tx.createQuery("select pg_backend_pid()").mapTo(Integer.class).one();
          world.database.read(
              other ->
                  other
                      .createQuery("select pg_terminate_backend(:pid, 10000)")
                      .bind("pid", backend)
                      .mapTo(Boolean.class)
                      .one());
          dead.countDown();
          new CountDownLatch(1).await();
        };
    UUID cut = world.refresher.undo(CatalogName.CHARITIES, second.id());
    assertThat(dead.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(world.refresher.status(cut).phase()).isEqualTo(Phase.UNDOING);
    assertThat(world.digest()).isEqualTo(seen);

    world.refresher().start(new StartupEvent());
    assertThat(world.refresher.status(cut).status()).isEqualTo(State.REFUSED);
    assertThat(world.digest()).isEqualTo(seen);
    assertThat(world.stored()).isEqualTo(stored);
    world.beforeShown = tx -> {};
    assertThat(world.undo(second.id()).removed()).isEqualTo(2);
  }

  @Test
  void nothingIsUndoneWhileARefreshRuns() throws Exception {
    RefreshStatus first = world.refresh(month(20, "first"));
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    world.beforeShown =
        tx -> {
          reached.countDown();
          goOn.await();
        };
    UUID second = world.refresher.refreshCharities(world.file(month(21, "second")), "second");
    reached.await();
    assertRefused(first.id(), CatalogProblems.REFRESH_RUNNING, "undone");
    goOn.countDown();
    world.refresher.await(CatalogName.CHARITIES, second);
  }

  @Test
  void whoDisappearsAndWhoIsBackIsTold() throws Exception {
    world.refresh(month(20, "first"));
    assertThat(world.log.listings()).as("new charities are no news").isEmpty();
    String[] fewer = month(20, "first");
    fewer[7] = fewer[9] = "";
    RefreshStatus second = world.refresh(fewer);
    assertThat(world.log.listings()).containsExactly("delisted " + ein(7), "delisted " + ein(9));

    String[] oneBack = month(20, "first");
    oneBack[9] = "";
    RefreshStatus third = world.refresh(oneBack);
    assertThat(world.log.listings()).last().isEqualTo("listed " + ein(7));

    world.undo(third.id());
    assertThat(world.log.listings()).last().isEqualTo("delisted " + ein(7));
    world.undo(second.id());
    assertThat(world.log.listings()).hasSize(6).endsWith("listed " + ein(7), "listed " + ein(9));
  }

  private void assertRefused(UUID refresh, ProblemType type, String detail) {
    assertThatThrownBy(() -> world.undo(refresh))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type()).isEqualTo(type);
              assertThat(problem.detail()).contains(detail);
            });
  }

  private static String ein(int number) {
    return "%09d".formatted(10_000_000 + number * 13_001);
  }

  private static String[] month(int count, String name) {
    String[] rows = new String[count];
    for (int i = 0; i < count; i++) {
      rows[i] = row(ein(i), name.toUpperCase(java.util.Locale.ROOT) + " " + i, "WASHINGTON", "DC");
    }
    return rows;
  }
}
