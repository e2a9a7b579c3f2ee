package app.heyblue.scoring.ledger;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.scoring.postgres.ListingTable;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which charities have disappeared from the catalog: such a one receives nothing. That is
 * kept by EIN, so that it doesn't matter whether a charity joins before or after. A consumer of its
 * own, beside the one that opens accounts, so that it hears of those who joined before there was
 * one.
 */
@ApplicationScoped
public class CharityListings implements StreamConsumer {
  private static final String USER_CREATED = "app.heyblue.user.created.v1";
  private static final String DELISTED = "app.heyblue.charity.delisted.v1";
  private static final String LISTED = "app.heyblue.charity.listed.v1";

  private record UserCreated(UserId userId, PartyKind kind, @Nullable String ein) {}

  private record Told(String ein) {}

  @Override
  public String name() {
    return "scoring.listings";
  }

  @Override
  public Stream stream() {
    return Stream.USERS;
  }

  /** A charity that joins after it has disappeared mustn't receive for a moment. */
  @Override
  public boolean admitsParties() {
    return true;
  }

  @Override
  public void accept(Handle tx, Event event) {
    switch (event.type()) {
      case USER_CREATED -> {
        UserCreated created = event.dataAs(UserCreated.class);
        if (created.kind() == PartyKind.CHARITY && created.ein() != null) {
          ListingTable.join(tx, created.userId(), created.ein());
        }
      }
      case DELISTED ->
          ListingTable.tell(tx, event.dataAs(Told.class).ein(), false, event.position());
      case LISTED -> ListingTable.tell(tx, event.dataAs(Told.class).ein(), true, event.position());
      default -> {
        // What else happens to parties is no matter of listings.
      }
    }
  }
}
