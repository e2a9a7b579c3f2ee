package app.heyblue.catalogs.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule comes next. */
class TimetableTest {
  @ParameterizedTest
  @CsvSource({
    "P7D,         2026-11-24T14:00:00Z, 2026-12-01T14:00:00Z",
    "PT12H,       2026-11-24T14:00:00Z, 2026-11-25T02:00:00Z",
    "30 4 * * 1,  2026-11-24T14:00:00Z, 2026-11-30T04:30:00Z",
    "30 4 * * 1,  2026-11-30T04:30:00Z, 2026-12-07T04:30:00Z",
    "0 0 14 * *,  2026-11-24T14:00:00Z, 2026-12-14T00:00:00Z",
  })
  void comesNext(String setting, Instant last, Instant next) {
    assertThat(Timetable.parse(setting).after(last)).contains(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "P", "daily", "61 4 * * 1", "* * *", "PT0S", "PT-1H"})
  void refusesWhatIsNeitherAPeriodNorCron(String setting) {
    assertThatThrownBy(() -> Timetable.parse(setting)).isInstanceOf(IllegalArgumentException.class);
  }
}
