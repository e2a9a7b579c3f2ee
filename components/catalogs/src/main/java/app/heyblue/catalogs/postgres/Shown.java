package app.heyblue.catalogs.postgres;

import app.heyblue.catalogs.CatalogFormat;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.RefreshStatus.Phase;
import app.heyblue.catalogs.RefreshStatus.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of a refresh, as people see it. */
final class Shown {
  static final String QUERY =
      """
      select r.id, r.source, r.format, r.status, r.rows_read, r.rows_total, r.bytes_read,
        r.bytes_total, r.added, r.changed, r.removed, r.rejected, r.reason, r.undoes,
        (select u.id from catalogs.refresh u where u.undoes = r.id and u.status = 'applied')
          as undone_by,
        r.started_at, r.finished_at
      from catalogs.refresh r
      """;

  private Shown() {}

  static String text(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static RefreshStatus status(ResultSet row) throws SQLException {
    String format = row.getString("format");
    State state = State.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
    UUID undoes = row.getObject("undoes", UUID.class);
    long rowsRead = row.getLong("rows_read");
    Long rowsTotal = row.getObject("rows_total", Long.class);
    Phase phase = phase(state, format != null, undoes != null, rowsRead, rowsTotal);
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    return new RefreshStatus(
        row.getObject("id", UUID.class),
        row.getString("source"),
        format == null ? null : CatalogFormat.parse(format),
        state,
        phase,
        progress(row, state, phase, rowsRead, rowsTotal),
        rowsRead,
        rowsTotal,
        row.getLong("added"),
        row.getLong("changed"),
        row.getLong("removed"),
        row.getLong("rejected"),
        row.getString("reason"),
        undoes,
        row.getObject("undone_by", UUID.class),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        finished == null ? null : finished.toInstant());
  }

  private static @Nullable Phase phase(
      State state, boolean known, boolean undoing, long rowsRead, @Nullable Long rowsTotal) {
    if (state != State.RUNNING) {
      return null;
    }
    if (undoing) {
      return Phase.UNDOING;
    }
    if (!known) {
      return Phase.FETCHING;
    }
    return rowsTotal != null && rowsRead >= rowsTotal ? Phase.APPLYING : Phase.READING;
  }

  private static @Nullable Double progress(
      ResultSet row, State state, @Nullable Phase phase, long rowsRead, @Nullable Long rowsTotal)
      throws SQLException {
    if (phase == null) {
      return state == State.APPLIED ? 1.0 : null;
    }
    return switch (phase) {
      case FETCHING ->
          share(row.getObject("bytes_read", Long.class), row.getObject("bytes_total", Long.class));
      case READING -> share(rowsRead, rowsTotal);
      case APPLYING, UNDOING -> null;
    };
  }

  private static @Nullable Double share(@Nullable Long part, @Nullable Long whole) {
    return part == null || whole == null || whole == 0
        ? null
        : Math.min(1.0, (double) part / whole);
  }
}
