package app.heyblue.tracking.sharing;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.tracking.postgres.OfficerTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Learns who the officers are, what they let others see, and when they sign out. */
@ApplicationScoped
public class OfficerConsumer implements StreamConsumer {
  static final String CREATED = "app.heyblue.user.created.v1";
  static final String CHANGED = "app.heyblue.user.changed.v1";
  static final String SESSION_ENDED = "app.heyblue.session.ended.v1";

  private final Sharing sharing;

  public OfficerConsumer(Sharing sharing) {
    this.sharing = sharing;
  }

  /** What this room reads of {@value CREATED}. */
  record Created(
      UserId userId,
      PartyKind kind,
      @Nullable String timeZone,
      @Nullable String displayNameSealed) {}

  /** What this room reads of {@value CHANGED}; null is unchanged. */
  record Changed(
      UserId userId,
      long version,
      @Nullable String displayNameSealed,
      @Nullable Boolean showName) {}

  /** What this room reads of {@value SESSION_ENDED}. */
  record SessionEnded(UserId userId, UUID sessionId) {}

  @Override
  public String name() {
    return "tracking.officers";
  }

  @Override
  public Stream stream() {
    return Stream.USERS;
  }

  @Override
  public boolean admitsParties() {
    return true;
  }

  @Override
  public void accept(Handle tx, Event event) {
    switch (event.type()) {
      case CREATED -> create(tx, event.dataAs(Created.class));
      case CHANGED -> change(tx, event.dataAs(Changed.class));
      case SESSION_ENDED -> {
        // A session ends once, so a replay ends nothing that goes on.
        SessionEnded ended = event.dataAs(SessionEnded.class);
        sharing.signedOut(ended.userId(), ended.sessionId());
      }
      default -> {
        // Other rooms' events say nothing about officers.
      }
    }
  }

  private static void create(Handle tx, Created created) {
    if (created.kind() == PartyKind.OFFICER) {
      ZoneId zone = ZoneId.of(Objects.requireNonNull(created.timeZone(), "an officer's zone"));
      OfficerTable.add(tx, created.userId(), zone.getId(), bytes(created.displayNameSealed()));
    }
  }

  private void change(Handle tx, Changed changed) {
    if (OfficerTable.change(
        tx,
        changed.userId(),
        changed.version(),
        changed.showName(),
        bytes(changed.displayNameSealed()))) {
      tx.afterCommit(() -> sharing.changed(changed.userId()));
    }
  }

  private static byte @Nullable [] bytes(@Nullable String base64) {
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }
}
