package app.heyblue.encounters.asking;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AskingBudgetTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private final AskingBudget budget = new AskingBudget();
  private final UserId civilian = new UserId(new UUID(1, 1));

  @Test
  void thirtyAtOnceThenOneEachTwoMinutes() {
    for (int i = 0; i < AskingBudget.AN_HOUR; i++) {
      assertThat(budget.take(civilian, NOON)).isZero();
    }
    assertThat(budget.take(civilian, NOON)).isEqualTo(Duration.ofMinutes(2));
    assertThat(budget.take(new UserId(new UUID(1, 2)), NOON)).isZero();
    assertThat(budget.take(civilian, NOON.plusSeconds(120))).isZero();
    assertThat(budget.take(civilian, NOON.plusSeconds(120))).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aDayHoldsAHundredAndTheirShareOfTheDay() {
    Instant end = NOON.plus(Duration.ofDays(1));
    int asked = 0;
    for (Instant now = NOON; now.isBefore(end); now = now.plusSeconds(60)) {
      asked += budget.take(civilian, now).isZero() ? 1 : 0;
    }
    assertThat(asked).isBetween(AskingBudget.A_DAY, 2 * AskingBudget.A_DAY);
  }

  @Test
  void aWaitThatWasWaitedIsEnough() {
    Instant now = NOON;
    for (int i = 0; i < 500; i++) {
      now = now.plus(budget.take(civilian, now));
    }
    assertThat(budget.take(civilian, now).plus(budget.take(civilian, now.plusSeconds(864))))
        .isLessThanOrEqualTo(Duration.ofSeconds(864));
  }

  @Test
  void aClockThatWasSetBackLocksNobodyOut() {
    Instant nextYear = NOON.plus(Duration.ofDays(365));
    for (int i = 0; i < AskingBudget.AN_HOUR; i++) {
      budget.take(civilian, nextYear);
    }
    assertThat(budget.take(civilian, NOON)).isLessThanOrEqualTo(Duration.ofSeconds(864));
  }

  @Test
  void whoHasAllPermitsBackIsForgotten() {
    budget.take(civilian, NOON);
    budget.forget(NOON.plusSeconds(863));
    assertThat(budget.size()).isOne();
    budget.forget(NOON.plusSeconds(864));
    assertThat(budget.size()).isZero();
  }
}
