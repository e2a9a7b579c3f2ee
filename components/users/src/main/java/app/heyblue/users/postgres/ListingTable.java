package app.heyblue.users.postgres;

import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Which charities have disappeared from the catalog, by EIN, whether they have joined or not. */
@ApplicationScoped
public class ListingTable {
  /**
   * A charity has disappeared or is back.
   *
   * @param position of the event; what is older than what is known is passed over
   */
  public void tell(Handle tx, String ein, boolean listed, long position) {
    tx.createUpdate(
            """
            insert into users.charity_listing as known (ein, listed, position)
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
}
