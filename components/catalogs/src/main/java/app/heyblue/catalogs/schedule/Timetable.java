package app.heyblue.catalogs.schedule;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/** When to refresh next: a period, or the times of a cron expression of five fields in UTC. */
interface Timetable {
  /** The first time after this one; empty where there is none. */
  Optional<Instant> after(Instant last);

  /**
   * Reads a setting.
   *
   * @throws IllegalArgumentException where it's neither a period of a minute at least, nor cron
   */
  static Timetable parse(String text) {
    if (text.toUpperCase(Locale.ROOT).startsWith("P")) {
      Duration period = period(text);
      return last -> Optional.of(last.plus(period));
    }
    ExecutionTime times =
        ExecutionTime.forCron(
            new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX)).parse(text));
    return last -> times.nextExecution(last.atZone(ZoneOffset.UTC)).map(time -> time.toInstant());
  }

  private static Duration period(String text) {
    Duration period;
    try {
      period = Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("a period is written as P7D or PT12H", e);
    }
    if (period.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a period has a second at least");
    }
    return period;
  }
}
