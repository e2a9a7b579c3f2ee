package app.heyblue.notifications.postgres;

import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.Uuids;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists {@code notifications.letter} for operators. */
@ApplicationScoped
public class LetterList {
  private static final Place START =
      new Place(Instant.parse("9999-01-01T00:00:00Z"), new UUID(-1, -1));

  private final Database database;

  public LetterList(Database database) {
    this.database = database;
  }

  /** After which letter a page begins. */
  private record Place(Instant createdAt, UUID id) {
    static Place parse(String text) {
      try {
        int bar = text.indexOf('|');
        if (bar < 0) {
          throw Cursor.malformed();
        }
        return new Place(
            Instant.parse(text.substring(0, bar)), Uuids.parse(text.substring(bar + 1)));
      } catch (DateTimeException | IllegalArgumentException e) {
        throw Cursor.malformed();
      }
    }
  }

  /** Letters, the newest first; of one status or of all. */
  public Page<LetterView> find(Optional<LetterStatus> status, PageRequest page) {
    Place after = page.place().map(Place::parse).orElse(START);
    return Page.from(
        database.read(
            tx ->
                tx.createQuery(
                        """
                        select * from notifications.letter
                        where (:status::text is null or status = :status)
                          and (created_at, id) < (:after, :afterId)
                        order by created_at desc, id desc limit :limit
                        """)
                    .bind("status", status.map(LetterStatus::toString).orElse(null))
                    .bind("after", after.createdAt())
                    .bind("afterId", after.id())
                    .bind("limit", page.limit() + 1)
                    .map((row, context) -> view(row))
                    .list()),
        page,
        view -> view.createdAt() + "|" + view.id());
  }

  private static LetterView view(ResultSet row) throws SQLException {
    LetterStatus status = LetterStatus.find(row.getString("status")).orElseThrow();
    Instant due = time(row, "due_at");
    return new LetterView(
        row.getObject("id", UUID.class),
        row.getString("template"),
        row.getString("language"),
        status,
        row.getInt("attempts"),
        row.getString("failure"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("expires_at", OffsetDateTime.class).toInstant(),
        status == LetterStatus.QUEUED ? due : null,
        time(row, "done_at"));
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
