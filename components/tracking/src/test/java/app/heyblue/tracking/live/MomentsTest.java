package app.heyblue.tracking.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
  @Property
  void readsEveryMomentAsItWasWritten(
      @ForAll @LongRange(min = -62_167_219_200_000L, max = 253_402_300_799_999L) long millis) {
    Instant moment = Instant.ofEpochMilli(millis);
    assertThat(Moments.parse(moment.toString())).isEqualTo(moment);
    Instant second = moment.truncatedTo(ChronoUnit.SECONDS);
    assertThat(Moments.parse(second.toString())).isEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-07-04T12:00:00.123456789Z",
        "2026-07-04T12:00:00.5Z",
        "2026-06-30T23:59:60Z",
        "2026-07-04T24:00:00Z",
        "2028-02-29T00:00:00Z"
      })
  void agreesWithTheLibraryOnWhatIsUnusual(String text) {
    assertThat(Moments.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2026-07-04",
        "2026-13-04T12:00:00Z",
        "2026-02-29T12:00:00Z",
        "2026-07-04T25:00:00Z",
        "2026-07-04T12:61:00Z",
        "2026-07-04t12:00:00z0000",
        "２０２６-07-04T12:00:00Z"
      })
  void refusesWhatTheLibraryRefuses(String text) {
    assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> Moments.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
