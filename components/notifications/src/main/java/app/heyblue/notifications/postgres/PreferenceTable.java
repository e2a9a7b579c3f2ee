package app.heyblue.notifications.postgres;

import app.heyblue.kernel.UserId;
import app.heyblue.notifications.preferences.NotificationKind;
import app.heyblue.notifications.preferences.Preferences;
import app.heyblue.notifications.preferences.PushKind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Preferences in {@code notifications.preference}; who never changed any has no row. */
public final class PreferenceTable {
  private static final Preferences UNTOUCHED = new Preferences(Set.of(), Set.of(), 1);

  private PreferenceTable() {}

  public static Preferences find(Handle tx, UserId party) {
    return tx.createQuery(
            "select mail, push, version from notifications.preference where user_id = :party")
        .bind("party", party.value())
        .map((row, context) -> preferences(row))
        .findOne()
        .orElse(UNTOUCHED);
  }

  /** Those of the parties who want some letter, with their preferences. */
  public static Map<UserId, Preferences> wanting(Handle tx, Collection<UserId> parties) {
    return tx.createQuery(
            """
            select user_id, mail, push, version from notifications.preference
            where user_id = any(:parties) and mail <> '{}'
            """)
        .bindArray("parties", UUID.class, parties.stream().map(UserId::value).toList())
        .map(
            (row, context) ->
                Map.entry(new UserId(row.getObject("user_id", UUID.class)), preferences(row)))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The preferences, which nobody else changes until the transaction ends. */
  public static Preferences lock(Handle tx, UserId party) {
    tx.createUpdate(
            """
            insert into notifications.preference (user_id, mail, version)
            values (:party, '{}', 1) on conflict do nothing
            """)
        .bind("party", party.value())
        .execute();
    return tx.createQuery(
            """
            select mail, push, version from notifications.preference where user_id = :party for update
            """)
        .bind("party", party.value())
        .map((row, context) -> preferences(row))
        .one();
  }

  public static void set(Handle tx, UserId party, Preferences preferences) {
    tx.createUpdate(
            """
            update notifications.preference set mail = :mail, push = :push, version = :version
            where user_id = :party
            """)
        .bind("party", party.value())
        .bind(
            "mail",
            preferences.mail().stream()
                .map(NotificationKind::toString)
                .sorted()
                .toArray(String[]::new))
        .bind(
            "push",
            preferences.push().stream().map(PushKind::toString).sorted().toArray(String[]::new))
        .bind("version", preferences.version())
        .execute();
  }

  private static Preferences preferences(ResultSet row) throws SQLException {
    String[] mail = (String[]) row.getArray("mail").getArray();
    String[] push = (String[]) row.getArray("push").getArray();
    return new Preferences(
        Arrays.stream(mail)
            .map(NotificationKind::find)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet()),
        Arrays.stream(push)
            .map(PushKind::find)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet()),
        row.getLong("version"));
  }
}
