package app.heyblue.users.profiles;

import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.messaging.StreamConsumer;
import app.heyblue.users.postgres.ListingTable;
import app.heyblue.users.postgres.ProfileTable;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the profiles, and which charities have disappeared. What it has taken in already it passes
 * over, by id and version, or by the event's position.
 */
@ApplicationScoped
public class ProfileConsumer implements StreamConsumer {
  /** Its name for ever. */
  public static final String NAME = "users.profiles";

  private static final String CHARITY_DELISTED = "app.heyblue.charity.delisted.v1";
  private static final String CHARITY_LISTED = "app.heyblue.charity.listed.v1";

  private final ProfileTable profiles;
  private final ListingTable listings;

  public ProfileConsumer(ProfileTable profiles, ListingTable listings) {
    this.profiles = profiles;
    this.listings = listings;
  }

  /** What catalogs tells of a charity that has disappeared or is back. */
  private record Told(String ein) {}

  @Override
  public String name() {
    return NAME;
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
    if (event.type().equals(UserCreated.TYPE)) {
      create(tx, event.dataAs(UserCreated.class).profile());
    } else if (event.type().equals(UserChanged.TYPE)) {
      change(tx, event.dataAs(UserChanged.class));
    } else if (event.type().equals(CHARITY_DELISTED) || event.type().equals(CHARITY_LISTED)) {
      boolean listed = event.type().equals(CHARITY_LISTED);
      listings.tell(tx, event.dataAs(Told.class).ein(), listed, event.position());
    }
  }

  private void create(Handle tx, StoredProfile created) {
    if (profiles.find(tx, created.userId()).isEmpty()) {
      profiles.put(tx, created);
    }
  }

  private void change(Handle tx, UserChanged change) {
    StoredProfile before =
        profiles
            .find(tx, change.userId())
            .orElseThrow(() -> new IllegalStateException("a change of nobody: " + change.userId()));
    if (change.version() > before.version()) {
      profiles.put(tx, before.with(change));
    }
  }
}
