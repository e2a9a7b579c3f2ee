package app.heyblue.tracking.postgres;

import app.heyblue.kernel.UserId;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What tracking knows of officers, as the stream of users tells. */
public final class OfficerTable {
  private OfficerTable() {}

  /**
   * An officer.
   *
   * @param zone IANA zone of the agency
   * @param nameSealed ciphertext of the field {@code displayName}; null where there is none
   * @param version of the profile
   */
  public record Officer(
      String zone, boolean showName, byte @Nullable [] nameSealed, long version) {}

  public static Optional<Officer> find(Handle tx, UserId officer) {
    return tx.createQuery(
            """
            select time_zone, show_name, name_sealed, version from tracking.officer
            where user_id = :id
            """)
        .bind("id", officer.value())
        .map(
            (row, context) ->
                new Officer(row.getString(1), row.getBoolean(2), row.getBytes(3), row.getLong(4)))
        .findOne();
  }

  /** Adds an officer, unless it's known. */
  public static void add(Handle tx, UserId officer, String zone, byte @Nullable [] nameSealed) {
    tx.createUpdate(
            """
            insert into tracking.officer (user_id, time_zone, name_sealed)
            values (:id, :zone, :name) on conflict (user_id) do nothing
            """)
        .bind("id", officer.value())
        .bind("zone", zone)
        .bind("name", nameSealed)
        .execute();
  }

  /**
   * Takes in a change of a profile, unless a later one was taken in before; nobody but officers has
   * a row. What is null stays.
   */
  public static boolean change(
      Handle tx,
      UserId officer,
      long version,
      @Nullable Boolean showName,
      byte @Nullable [] nameSealed) {
    return tx.createUpdate(
                """
                update tracking.officer set
                  show_name = coalesce(:show, show_name),
                  name_sealed = coalesce(:name, name_sealed),
                  version = :version
                where user_id = :id and version < :version
                """)
            .bind("id", officer.value())
            .bind("version", version)
            .bind("show", showName)
            .bind("name", nameSealed)
            .execute()
        > 0;
  }
}
