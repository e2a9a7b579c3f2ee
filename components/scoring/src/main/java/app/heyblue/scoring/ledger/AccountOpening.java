package app.heyblue.scoring.ledger;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.scoring.postgres.AccountTable;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Opens an account for each new party, as the stream of users tells. */
@ApplicationScoped
public class AccountOpening implements StreamConsumer {
  private static final String USER_CREATED = "app.heyblue.user.created.v1";

  private final Audit audit;

  public AccountOpening(Audit audit) {
    this.audit = audit;
  }

  private record UserCreated(
      UserId userId,
      PartyKind kind,
      @Nullable String timeZone,
      @Nullable String areaZip,
      Instant at) {}

  @Override
  public String name() {
    return "scoring.accounts";
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
    if (!event.type().equals(USER_CREATED)) {
      return;
    }
    UserCreated created = event.dataAs(UserCreated.class);
    // An unknown zone must fail here, where the event can be parked, not at the officer's donation.
    String zone = created.timeZone() == null ? null : ZoneId.of(created.timeZone()).getId();
    boolean opened =
        AccountTable.open(
            tx, created.userId(), created.kind(), zone, created.areaZip(), created.at());
    if (opened) {
      audit.record(
          tx,
          "account.opened",
          created.userId().toString(),
          Map.of("kind", created.kind().toString()));
    }
  }
}
