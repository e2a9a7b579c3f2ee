package app.heyblue.notifications.preferences;

import app.heyblue.kernel.ETags;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.NotificationsProblems;
import app.heyblue.notifications.postgres.PreferenceTable;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and replaces preferences. Of two changes that start from one version, one passes. */
@ApplicationScoped
public class PreferenceEditor {
  private final Database database;
  private final Audit audit;

  public PreferenceEditor(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  public Preferences read(UserId party) {
    return database.read(tx -> PreferenceTable.find(tx, party));
  }

  /**
   * Replaces preferences; what a map doesn't name is off.
   *
   * @param wish by kind, whether it is wanted by mail
   * @param pushWish by kind, whether it is wanted by push; null leaves that as it is
   * @throws ProblemException ({@code precondition-required}, {@code stale}; {@code invalid-input}
   *     for a kind that this party doesn't have; {@code always-sent} for what can't be switched
   *     off)
   */
  public Preferences replace(
      UserId party,
      PartyKind kind,
      @Nullable String ifMatch,
      Map<String, Boolean> wish,
      @Nullable Map<String, Boolean> pushWish) {
    Set<NotificationKind> on = wanted(kind, wish);
    Set<PushKind> pushed = pushWish == null ? null : pushed(kind, pushWish);
    return database.inTransaction(
        tx -> {
          Preferences before = PreferenceTable.lock(tx, party);
          ETags.requireMatch(ifMatch, before.version());
          Preferences changed =
              new Preferences(on, pushed == null ? before.push() : pushed, before.version() + 1);
          PreferenceTable.set(tx, party, changed);
          audit.record(
              tx,
              "preferences.changed",
              party.toString(),
              Map.of("version", String.valueOf(changed.version())));
          return changed;
        });
  }

  private static Set<NotificationKind> wanted(PartyKind party, Map<String, Boolean> wish) {
    Set<NotificationKind> on = EnumSet.noneOf(NotificationKind.class);
    wish.forEach(
        (name, wanted) -> {
          if (NotificationKind.ALWAYS.contains(name)) {
            requireWanted(wanted);
            return;
          }
          NotificationKind kind =
              NotificationKind.find(name)
                  .filter(NotificationKind.of(party)::contains)
                  .orElseThrow(() -> unknown(party));
          if (wanted) {
            on.add(kind);
          }
        });
    return on;
  }

  private static Set<PushKind> pushed(PartyKind party, Map<String, Boolean> wish) {
    Set<PushKind> on = EnumSet.noneOf(PushKind.class);
    wish.forEach(
        (name, wanted) -> {
          PushKind kind =
              PushKind.find(name)
                  .filter(PushKind.of(party)::contains)
                  .orElseThrow(
                      () ->
                          ProblemException.invalid(
                              "/push",
                              "You can switch "
                                  + PushKind.of(party)
                                  + " on and off, nothing else."));
          if (wanted) {
            on.add(kind);
          }
        });
    return on;
  }

  private static void requireWanted(boolean wanted) {
    if (!wanted) {
      throw NotificationsProblems.ALWAYS_SENT.raise(
          "Mails about your application, codes and your account's security are always sent.");
    }
  }

  private static ProblemException unknown(PartyKind party) {
    return ProblemException.invalid(
        "/mail", "You can switch " + NotificationKind.of(party) + " on and off, nothing else.");
  }
}
