package app.heyblue.users.postgres;

import app.heyblue.kernel.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import org.jdbi.v3.core.Handle;

/** Which version of each profile was told last; the writing side of the read model. */
@ApplicationScoped
public class RevisionTable {
  /** The version told last; nobody else can change it until the transaction ends. */
  public long lock(Handle tx, UserId party) {
    tx.createUpdate(
            """
            insert into users.revision (user_id, version) values (:party, 1)
            on conflict (user_id) do nothing
            """)
        .bind("party", party.value())
        .execute();
    return tx.createQuery("select version from users.revision where user_id = :party for update")
        .bind("party", party.value())
        .mapTo(Long.class)
        .one();
  }

  /** Sets the version of a party that this transaction has locked. */
  public void set(Handle tx, UserId party, long version) {
    tx.createUpdate("update users.revision set version = :version where user_id = :party")
        .bind("party", party.value())
        .bind("version", version)
        .execute();
  }
}
