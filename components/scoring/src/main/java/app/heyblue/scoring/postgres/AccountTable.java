package app.heyblue.scoring.postgres;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.domain.Account;
import app.heyblue.scoring.domain.Party;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The parties' accounts. Whoever changes some locks them first, in the order of their ids. */
public final class AccountTable {
  private static final String COLUMNS =
      "user_id, kind, status, time_zone, area_zip, points, held, entries";

  private AccountTable() {}

  /** Opens an account; false where there is one. */
  public static boolean open(
      Handle tx,
      UserId user,
      PartyKind kind,
      @Nullable String timeZone,
      @Nullable String areaZip,
      Instant at) {
    return tx.createUpdate(
                """
                insert into scoring.account (user_id, kind, time_zone, area_zip, opened_at)
                values (:user, :kind, :zone, :zip, :at) on conflict do nothing
                """)
            .bind("user", user.value())
            .bind("kind", kind.toString())
            .bind("zone", timeZone)
            .bind("zip", areaZip)
            .bind("at", OffsetDateTime.ofInstant(at, ZoneOffset.UTC))
            .execute()
        == 1;
  }

  public static Optional<Account> find(Handle tx, UserId user) {
    return tx.createQuery("select " + COLUMNS + " from scoring.account where user_id = :user")
        .bind("user", user.value())
        .map((row, context) -> account(row))
        .findOne();
  }

  /** Accounts as they are now, by id; those that don't exist are missing. */
  public static Map<UserId, Account> read(Handle tx, Collection<UserId> users) {
    return byId(
        tx, "select " + COLUMNS + " from scoring.account where user_id = any(:users)", users);
  }

  /** Locks accounts until the transaction ends, in one order for everybody: no deadlock. */
  public static Map<UserId, Account> lock(Handle tx, Collection<UserId> users) {
    return byId(
        tx,
        "select "
            + COLUMNS
            + " from scoring.account where user_id = any(:users) order by user_id"
            + " for no key update",
        users);
  }

  /** Sets points and entries of locked accounts. */
  static void leave(Handle tx, Collection<Account> accounts) {
    tx.createUpdate(
            """
            update scoring.account a set points = u.points, entries = u.entries
            from unnest(:users, :points, :entries) as u(user_id, points, entries)
            where a.user_id = u.user_id
            """)
        .bindArray("users", UUID.class, accounts.stream().map(a -> a.userId().value()).toList())
        .bindArray("points", Long.class, accounts.stream().map(Account::points).toList())
        .bindArray("entries", Long.class, accounts.stream().map(Account::entries).toList())
        .execute();
  }

  /** Adds to what an account holds, or takes from it where it's negative. */
  public static Account hold(Handle tx, UserId user, long points) {
    return tx.createQuery(
            "update scoring.account set held = held + :points where user_id = :user returning "
                + COLUMNS)
        .bind("points", points)
        .bind("user", user.value())
        .map((row, context) -> account(row))
        .one();
  }

  private static Map<UserId, Account> byId(Handle tx, String sql, Collection<UserId> users) {
    return tx
        .createQuery(sql)
        .bindArray("users", UUID.class, users.stream().map(UserId::value).toList())
        .map((row, context) -> account(row))
        .stream()
        .collect(Collectors.toMap(Account::userId, Function.identity()));
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        new Party(
            new UserId(row.getObject("user_id", UUID.class)),
            PartyKind.parse(row.getString("kind")),
            row.getString("time_zone"),
            row.getString("area_zip")),
        row.getString("status").equals("active"),
        row.getLong("points"),
        row.getLong("held"),
        row.getLong("entries"));
  }
}
