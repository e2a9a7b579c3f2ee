package app.heyblue.tracking.engine;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.UserId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CiviliansTest {
  private static final UserId ANN = new UserId(new UUID(1, 1));

  private final Civilians civilians = new Civilians();
  private final int ann = civilians.add(ANN);

  @Test
  void aForgottenPlaceIsOverwritten() {
    move();

    civilians.forgetPlace(ann);

    assertThat(civilians.isLive(ann)).isTrue();
    leavesNoTrace();
  }

  @Test
  void aNumberIsGivenBackWithoutAPlace() {
    move();

    civilians.remove(ann);

    assertThat(civilians.isLive(ann)).isFalse();
    leavesNoTrace();
  }

  private void move() {
    civilians.move(ann, 40.7128, -74.006, 5, 1_000, 0x882a107289fffffL);
    civilians.move(ann, 40.7129, -74.006, 5, 2_000, 0x882a107289fffffL);
    assertThat(civilians.speed(ann)).isPositive();
  }

  private void leavesNoTrace() {
    assertThat(civilians.isPlaced(ann)).isFalse();
    assertThat(civilians.isFresh(ann, 2_000)).isFalse();
    assertThat(civilians.positions().size()).isZero();
    assertThat(civilians.positions().latitude(ann)).isZero();
    assertThat(civilians.positions().longitude(ann)).isZero();
    assertThat(civilians.cell(ann)).isZero();
    assertThat(civilians.at(ann)).isZero();
    assertThat(civilians.speed(ann)).isZero();
    assertThat(civilians.accuracy(ann)).isZero();
  }
}
