package app.heyblue.catalogs.refresh;

import static app.heyblue.catalogs.refresh.World.row;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.RefreshStatus.State;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The law of undoing: whatever the months were, undoing goes back through exactly their states. */
class UndoLawsIT {
  private static final int STABLE = 60;
  private static final int CHANGING = 6;

  /** What became of a month. */
  private record Step(RefreshStatus refresh, String before) {}

  @Property(tries = 8, shrinking = ShrinkingMode.OFF)
  void undoingReturnsExactlyTheFormerState(
      @ForAll("months") List<List<Integer>> months, @ForAll("pauses") List<Boolean> undoInBetween)
      throws Exception {
    World world = new World(Files.createTempDirectory("undo-laws"));
    Deque<Step> done = new ArrayDeque<>();
    for (int i = 0; i < months.size(); i++) {
      String before = world.digest();
      RefreshStatus refresh = world.refresh(rows(months.get(i)));
      assertThat(refresh.status()).as(refresh.reason()).isEqualTo(State.APPLIED);
      if (refresh.added() + refresh.changed() + refresh.removed() > 0) {
        done.push(new Step(refresh, before));
      }
      if (undoInBetween.get(i) && !done.isEmpty()) {
        undo(world, done.pop());
      }
    }
    while (!done.isEmpty()) {
      undo(world, done.pop());
    }
    assertThat(world.digest()).startsWith("0/");
    world.close();
  }

  private static void undo(World world, Step step) throws Exception {
    RefreshStatus undo = world.undo(step.refresh().id());
    assertThat(world.digest()).isEqualTo(step.before());
    assertThat(List.of(undo.added(), undo.changed(), undo.removed()))
        .containsExactly(
            step.refresh().removed(), step.refresh().changed(), step.refresh().added());
  }

  /** Of each changing charity: 0 it isn't there, else which of its forms it has. */
  @Provide
  Arbitrary<List<List<Integer>>> months() {
    return Arbitraries.integers().between(0, 3).list().ofSize(CHANGING).list().ofSize(6);
  }

  @Provide
  Arbitrary<List<Boolean>> pauses() {
    return Arbitraries.of(true, false, false).list().ofSize(6);
  }

  private static String[] rows(List<Integer> month) {
    String[] rows = new String[STABLE + CHANGING];
    for (int i = 0; i < rows.length; i++) {
      // The changing ones come first: a sorted file that loses its last rows is taken for cut off.
      int form = i < CHANGING ? month.get(i) : 1;
      rows[i] =
          form == 0
              ? ""
              : row("%09d".formatted(10_000_000 + i * 13_001), "NAME " + form, "WASHINGTON", "DC");
    }
    return rows;
  }
}
