package app.heyblue.scoring.postgres;

import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.domain.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jdbi.v3.core.Handle;

/** Deletes what has no meaning any more: old answers, past days' counters, uses that left. */
public final class Housekeeping {
  /** How long an answer to a person's key is kept. The contract promises 24 hours. */
  static final Duration ANSWERS = Duration.ofDays(2);

  /** The same for keys of other rooms, which resume what a crash interrupted long ago. */
  static final Duration ROOM_ANSWERS = Duration.ofDays(90);

  /** How late a meeting may be paid: until then its day and its window are still counted. */
  public static final Duration DAYS = Duration.ofDays(2);

  private static final Duration ANY_ZONE = Duration.ofDays(1);

  private Housekeeping() {}

  public static void run(Handle tx, Instant now) {
    tx.createUpdate(
            """
            delete from scoring.idempotent_answer
            where answered_at < :answers and user_id <> :room or answered_at < :roomAnswers
            """)
        .bind("answers", time(now.minus(ANSWERS)))
        .bind("roomAnswers", time(now.minus(ROOM_ANSWERS)))
        .bind("room", Scoring.ISSUANCE.value())
        .execute();
    tx.createUpdate("delete from scoring.limit_counter where bucket < :day::date")
        .bind(
            "day",
            now.minus(DAYS).minus(ANY_ZONE).atOffset(ZoneOffset.UTC).toLocalDate().toString())
        .execute();
    tx.createUpdate("delete from scoring.limit_use where used_at < :since")
        .bind("since", time(now.minus(DAYS).minus(Limits.ROLLING)))
        .execute();
  }

  private static OffsetDateTime time(Instant at) {
    return OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}
