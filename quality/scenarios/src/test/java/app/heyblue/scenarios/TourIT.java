package app.heyblue.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.RunningServer.Finished;
import org.junit.jupiter.api.Test;

/** The tour of the README passes, and passes again. */
class TourIT {
  @Test
  void theTourPassesTwiceInARow() throws Exception {
    for (int time = 1; time <= 2; time++) {
      Finished tour = RunningServer.shared().command("tour");
      assertThat(tour.output()).contains("That was the main job");
      assertThat(tour.status()).isZero();
    }
  }
}
