package app.heyblue.onboarding.postgres;

import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Conclusion;
import app.heyblue.onboarding.domain.Finding;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What validators found, in {@code onboarding.finding}. */
public final class FindingTable {
  private FindingTable() {}

  /**
   * A finding as it is stored.
   *
   * @param finding without its text
   * @param text sealed; null where there is none
   */
  public record Row(Finding finding, @Nullable Bytes text) {}

  /** Puts the findings of an application in the place of those it has. */
  public static void replace(Handle tx, UUID application, List<Row> rows) {
    tx.createUpdate("delete from onboarding.finding where application = :application")
        .bind("application", application)
        .execute();
    for (Row row : rows) {
      put(tx, application, row);
    }
  }

  private static void put(Handle tx, UUID application, Row row) {
    tx.createUpdate(
            """
            insert into onboarding.finding
              (application, validator, verdict, finding, at, took_millis, attempts)
            values (:application, :validator, :verdict, :text, :at, :took, :attempts)
            """)
        .bind("application", application)
        .bind("validator", row.finding().validator())
        .bind("verdict", row.finding().verdict().toString())
        .bind("text", row.text() == null ? null : row.text().value())
        .bind("at", row.finding().at())
        .bind("took", row.finding().tookMillis())
        .bind("attempts", row.finding().attempts())
        .execute();
  }

  /** What was found about an application, by the validators' names. */
  public static List<Row> of(Handle tx, UUID application) {
    return tx.createQuery(
            """
            select validator, verdict, finding, at, took_millis, attempts from onboarding.finding
            where application = :application order by validator
            """)
        .bind("application", application)
        .map(
            (row, context) ->
                new Row(
                    new Finding(
                        row.getString("validator"),
                        Conclusion.of(row.getString("verdict")),
                        "",
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getLong("took_millis"),
                        row.getInt("attempts")),
                    Bytes.ofNullable(row.getBytes("finding"))))
        .list();
  }

  /** Keeps who decided what and when, and forgets what was said of the person. */
  static void eraseTexts(Handle tx, UUID application) {
    tx.createUpdate("update onboarding.finding set finding = null where application = :application")
        .bind("application", application)
        .execute();
  }
}
