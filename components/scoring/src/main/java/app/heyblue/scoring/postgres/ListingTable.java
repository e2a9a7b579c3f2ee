package app.heyblue.scoring.postgres;

import app.heyblue.kernel.UserId;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Which EINs the charities have, and which of those have disappeared from the catalog. */
public final class ListingTable {
  private ListingTable() {}

  /** A charity has joined. */
  public static void join(Handle tx, UserId charity, String ein) {
    tx.createUpdate(
            """
            insert into scoring.charity (user_id, ein) values (:user, :ein) on conflict do nothing
            """)
        .bind("user", charity.value())
        .bind("ein", ein)
        .execute();
  }

  /**
   * A charity has disappeared or is back.
   *
   * @param position of the event; what is older than what is known is passed over
   */
  public static void tell(Handle tx, String ein, boolean listed, long position) {
    tx.createUpdate(
            """
            insert into scoring.charity_listing as known (ein, listed, position)
            values (:ein, :listed, :position)
            on conflict (ein) do update
            set listed = excluded.listed, position = excluded.position
            where known.position < excluded.position
            """)
        .bind("ein", ein)
        .bind("listed", listed)
        .bind("position", position)
        .execute();
  }

  /** Those of the parties that are charities which have disappeared. */
  public static Set<UserId> delisted(Handle tx, Collection<UserId> parties) {
    return tx
        .createQuery(
            """
            select c.user_id from scoring.charity c join scoring.charity_listing l using (ein)
            where c.user_id = any(:users) and not l.listed
            """)
        .bindArray("users", UUID.class, parties.stream().map(UserId::value).toList())
        .mapTo(UUID.class)
        .stream()
        .map(UserId::new)
        .collect(Collectors.toSet());
  }
}
