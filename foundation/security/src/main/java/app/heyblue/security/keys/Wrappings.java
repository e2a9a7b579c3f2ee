package app.heyblue.security.keys;

import app.heyblue.kernel.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/** Which master key wraps what, in {@code security.house_key} and {@code security.person_key}. */
final class Wrappings {
  private Wrappings() {}

  /** A wrapped key of the house. */
  record HouseRow(String name, String kind, Wrapped wrapped) {
    String context() {
      return name.equals(MasterKey.CHECK) ? name : WrappedHouseKeys.context(name, kind);
    }
  }

  /** A person's wrapped key. */
  record PersonRow(UserId person, Wrapped wrapped) {
    String context() {
      return PersonKeys.wrapping(person);
    }
  }

  /** The ids of all master keys that something is wrapped by; a look at few places of an index. */
  static List<String> masters(Handle tx) {
    return tx.createQuery(
            """
            with recursive met (id) as (
              (select wrapped_by from security.person_key
               where wrapped is not null order by wrapped_by limit 1)
              union all
              select (select wrapped_by from security.person_key
                      where wrapped is not null and wrapped_by > met.id
                      order by wrapped_by limit 1)
              from met where met.id is not null)
            select id from met where id is not null
            union select wrapped_by from security.house_key order by 1
            """)
        .mapTo(String.class)
        .list();
  }

  /** How many keys each master key wraps. */
  static Map<String, Long> counts(Handle tx) {
    Map<String, Long> counts = new TreeMap<>();
    tx.createQuery(
            """
            select wrapped_by, count(*) from (
              select wrapped_by from security.person_key where wrapped is not null
              union all select wrapped_by from security.house_key) keys
            group by wrapped_by
            """)
        .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
    return counts;
  }

  static Optional<String> inUse(Handle tx) {
    return tx.createQuery("select id from security.master_key_in_use")
        .mapTo(String.class)
        .findOne();
  }

  /** All keys of the house; locked, so that none is changed before the transaction ends. */
  static List<HouseRow> houseKeys(Handle tx) {
    return tx.createQuery(
            "select name, kind, wrapped, wrapped_by from security.house_key for update")
        .map(
            (row, context) ->
                new HouseRow(
                    row.getString(1),
                    row.getString(2),
                    new Wrapped(row.getBytes(3), row.getString(4))))
        .list();
  }

  static void rewrap(Handle tx, HouseRow row, Wrapped fresh) {
    tx.createUpdate(
            "update security.house_key set wrapped = :wrapped, wrapped_by = :by where name = :name")
        .bind("wrapped", fresh.bytes())
        .bind("by", fresh.by())
        .bind("name", row.name())
        .execute();
  }

  /** The next persons' keys of a master key; those that others hold at the moment are left out. */
  static List<PersonRow> lockPersonKeys(Handle tx, String master, @Nullable UUID after, int limit) {
    return personKeys(tx, master, after, limit, " for update skip locked");
  }

  /** The next persons' keys of a master key, to look at. */
  static List<PersonRow> personKeys(Handle tx, String master, @Nullable UUID after, int limit) {
    return personKeys(tx, master, after, limit, "");
  }

  private static List<PersonRow> personKeys(
      Handle tx, String master, @Nullable UUID after, int limit, String lock) {
    UUID from = after == null ? new UUID(0, 0) : after;
    return tx.createQuery(
            """
            select person, wrapped, wrapped_by from security.person_key
            where wrapped is not null and wrapped_by = :master and person > :after
            order by person limit :limit
            """
                + lock)
        .bind("master", master)
        .bind("after", from)
        .bind("limit", limit)
        .map(
            (row, context) ->
                new PersonRow(
                    new UserId(row.getObject(1, UUID.class)),
                    new Wrapped(row.getBytes(2), row.getString(3))))
        .list();
  }

  /** Changes keys that {@link #lockPersonKeys} locked: what was destroyed stays so. */
  static void rewrap(Handle tx, List<PersonRow> fresh) {
    PreparedBatch batch =
        tx.prepareBatch(
            """
            update security.person_key set wrapped = :wrapped, wrapped_by = :by
            where person = :person and wrapped is not null
            """);
    for (PersonRow row : fresh) {
      batch
          .bind("wrapped", row.wrapped().bytes())
          .bind("by", row.wrapped().by())
          .bind("person", row.person().value())
          .add();
    }
    batch.execute();
  }
}
