package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who may call each operation of the OpenAPI document; the one table for the tests of denial. An
 * operation that is missing here fails the build.
 */
final class Operations {
  /** The kinds of parties, as roles. */
  enum Role {
    CIVILIAN,
    OFFICER,
    CHARITY,
    FAMILY,
    MERCHANT,
    ADMIN
  }

  /** Two people's ids and things, for paths. */
  interface Others {
    /** The id of a person of this kind who isn't the caller. */
    String stranger(Role kind);

    /** The id of a transaction between others. */
    String transaction();
  }

  /**
   * One operation's expectations.
   *
   * @param roles who may call it; empty where no token is needed
   * @param others a path that names what belongs to somebody else; null where nothing has an owner
   * @param as the role that is refused there
   */
  record Expectation(
      Set<Role> roles, @Nullable Function<Others, String> others, @Nullable Role as) {
    boolean isPublic() {
      return roles.isEmpty();
    }

    /** This operation on something that belongs to somebody else is refused. */
    Expectation butNotOfOthers(Role role, Function<Others, String> path) {
      return new Expectation(roles, path, role);
    }
  }

  private static final Map<String, Expectation> TABLE = new LinkedHashMap<>();

  private Operations() {}

  static Map<String, Expectation> table() {
    return TABLE;
  }

  private static Expectation open() {
    return new Expectation(Set.of(), null, null);
  }

  private static Expectation only(Role... roles) {
    return new Expectation(EnumSet.copyOf(Arrays.asList(roles)), null, null);
  }

  private static Expectation anybody() {
    return new Expectation(EnumSet.allOf(Role.class), null, null);
  }

  private static void expect(String operation, Expectation expectation) {
    TABLE.put(operation, expectation);
  }

  static {
    expect("GET /problems", open());
    expect("GET /problems/{slug}", open());
    expect("GET /.well-known/jwks.json", open());
    expect("GET " + API + "/demo/mailbox", open());
    expect("GET " + API + "/demo/people", open());
    expect("POST " + API + "/demo/sessions", open());
    expect("GET " + API + "/demo/evidence", open());
    expect("POST " + API + "/operator/admins", only(Role.ADMIN));
    expect("GET " + API + "/operator/keys", only(Role.ADMIN));
    expect("POST " + API + "/operator/keys/signing/rotation", only(Role.ADMIN));
    expect("POST " + API + "/operator/keys/master/rotation", only(Role.ADMIN));
    expect("DELETE " + API + "/operator/keys/master/old", only(Role.ADMIN));
    expect("POST " + API + "/operator/oidc-links", only(Role.ADMIN));

    expect("POST " + API + "/sessions", open());
    expect("POST " + API + "/sessions/refresh", open());
    expect("GET " + API + "/sessions", anybody());
    expect(
        "DELETE " + API + "/sessions",
        anybody()
            .butNotOfOthers(
                Role.CIVILIAN,
                others -> API + "/sessions?userId=" + others.stranger(Role.CIVILIAN)));
    expect("DELETE " + API + "/sessions/{id}", anybody());
    expect("DELETE " + API + "/sessions/current", anybody());
    expect("POST " + API + "/password-changes", anybody());
    expect("POST " + API + "/password-resets", open());
    expect("POST " + API + "/password-resets/{id}/confirmation", open());
    expect("GET " + API + "/audit", only(Role.ADMIN));
    expect("GET " + API + "/audit/proof", only(Role.ADMIN));
    expect("GET " + API + "/audit/export", only(Role.ADMIN));

    expect("POST " + API + "/onboarding/applications", open());
    expect("GET " + API + "/onboarding/applications", only(Role.ADMIN));
    expect("GET " + API + "/onboarding/applications/{id}", open());
    expect("POST " + API + "/onboarding/applications/{id}/email-confirmation", open());
    expect("POST " + API + "/onboarding/applications/{id}/code", open());
    expect("POST " + API + "/onboarding/applications/{id}/withdrawal", open());
    expect("GET " + API + "/onboarding/applications/{id}/findings", only(Role.ADMIN));
    expect("POST " + API + "/onboarding/applications/{id}/review", only(Role.ADMIN));
    expect("POST " + API + "/onboarding/rosters", only(Role.ADMIN));
    expect("POST " + API + "/onboarding/device-relinks", open());
    expect("POST " + API + "/onboarding/device-relinks/{id}/confirmation", open());

    expect("GET " + API + "/catalogs/charities", open());
    expect("GET " + API + "/catalogs/charities/{ein}", open());
    expect("POST " + API + "/catalogs/charities/refreshes", only(Role.ADMIN));
    expect("GET " + API + "/catalogs/charities/refreshes", only(Role.ADMIN));
    expect("GET " + API + "/catalogs/charities/refreshes/{id}", only(Role.ADMIN));
    expect("GET " + API + "/catalogs/charities/changes", only(Role.ADMIN));
    expect("POST " + API + "/catalogs/charities/refreshes/{id}/undo", only(Role.ADMIN));
    expect("GET " + API + "/catalogs/charities/delistings", only(Role.ADMIN));
    expect("POST " + API + "/catalogs/charities/{ein}/review", only(Role.ADMIN));
    expect("POST " + API + "/catalogs/families/refreshes", only(Role.ADMIN));
    expect("GET " + API + "/catalogs/families/refreshes", only(Role.ADMIN));
    expect("GET " + API + "/catalogs/families/refreshes/{id}", only(Role.ADMIN));
    expect("POST " + API + "/catalogs/families/refreshes/{id}/undo", only(Role.ADMIN));
    expect("GET " + API + "/catalogs/families/changes", only(Role.ADMIN));
    expect("GET " + API + "/catalogs/sources", only(Role.ADMIN));
    expect("GET " + API + "/recipients", only(Role.CIVILIAN, Role.OFFICER));

    expect("POST " + API + "/rules", only(Role.ADMIN));
    expect("GET " + API + "/rules", only(Role.ADMIN));
    expect("GET " + API + "/rules/{id}", only(Role.ADMIN));
    expect("PATCH " + API + "/rules/{id}", only(Role.ADMIN));
    expect("GET " + API + "/rules/{id}/versions", only(Role.ADMIN));
    expect("POST " + API + "/rules/{id}/activation", only(Role.ADMIN));
    expect("POST " + API + "/rules/{id}/retirement", only(Role.ADMIN));
    expect("POST " + API + "/rules/simulations", only(Role.ADMIN));
    expect("POST " + API + "/rules/evaluations", only(Role.ADMIN));

    expect("POST " + API + "/transactions", only(Role.CIVILIAN, Role.OFFICER));
    expect("GET " + API + "/transactions", anybody());
    expect(
        "GET " + API + "/transactions/{id}",
        anybody()
            .butNotOfOthers(
                Role.CIVILIAN, others -> API + "/transactions/" + others.transaction()));
    expect("POST " + API + "/transactions/{id}/reversal", only(Role.ADMIN));
    expect("GET " + API + "/balances/me", anybody());
    expect("GET " + API + "/balances/me/entries", anybody());
    expect(
        "GET " + API + "/balances/{userId}",
        anybody()
            .butNotOfOthers(
                Role.OFFICER, others -> API + "/balances/" + others.stranger(Role.OFFICER)));
    expect("GET " + API + "/ledger/proof", only(Role.ADMIN));
    expect("GET " + API + "/ledger/export", only(Role.ADMIN));
    expect("GET " + API + "/ledger/heads", open());

    expect("PUT " + API + "/sharing", only(Role.OFFICER));
    expect("GET " + API + "/sharing", only(Role.OFFICER));
    expect("POST " + API + "/positions", only(Role.CIVILIAN, Role.OFFICER));
    expect("GET " + API + "/nearby", only(Role.CIVILIAN));
    expect("GET " + API + "/me/tracking-consent", only(Role.CIVILIAN));
    expect("PUT " + API + "/me/tracking-consent", only(Role.CIVILIAN));
    expect("POST " + API + "/qr-codes", only(Role.CIVILIAN));
    expect("POST " + API + "/encounters/scans", only(Role.OFFICER));
    expect("POST " + API + "/encounters", only(Role.CIVILIAN));
    expect("POST " + API + "/encounters/{id}/acceptance", only(Role.OFFICER));
    expect("POST " + API + "/encounters/{id}/refusal", only(Role.OFFICER));
    expect("GET " + API + "/encounters", only(Role.CIVILIAN, Role.OFFICER));

    expect("GET " + API + "/me", anybody());
    expect("PATCH " + API + "/me", anybody());
    expect("GET " + API + "/me/notification-preferences", anybody());
    expect("PUT " + API + "/me/notification-preferences", anybody());
    expect("GET " + API + "/live", open());
    expect("GET " + API + "/push-key", anybody());
    expect("POST " + API + "/me/push-subscriptions", anybody());
    expect("DELETE " + API + "/me/push-subscriptions", anybody());
    expect("DELETE " + API + "/me/push-subscriptions/{id}", anybody());
    expect("GET " + API + "/notifications/mails", only(Role.ADMIN));
    expect(
        "GET " + API + "/users/{id}",
        anybody()
            .butNotOfOthers(
                Role.OFFICER, others -> API + "/users/" + others.stranger(Role.CIVILIAN)));
    expect(
        "GET " + API + "/users/{id}/officers-met",
        only(Role.CIVILIAN)
            .butNotOfOthers(
                Role.CIVILIAN,
                others -> API + "/users/" + others.stranger(Role.CIVILIAN) + "/officers-met"));
    expect(
        "GET " + API + "/users/{id}/donations-received",
        only(Role.CHARITY, Role.FAMILY)
            .butNotOfOthers(
                Role.CHARITY,
                others -> API + "/users/" + others.stranger(Role.CHARITY) + "/donations-received"));
    expect(
        "GET " + API + "/users/{id}/encounter-count",
        anybody()
            .butNotOfOthers(
                Role.CIVILIAN,
                others -> API + "/users/" + others.stranger(Role.OFFICER) + "/encounter-count"));

    expect("GET " + API + "/streams/{stream}/events", only(Role.ADMIN));
    expect("GET " + API + "/streams/{stream}/consumers", only(Role.ADMIN));
    expect("POST " + API + "/streams/{stream}/consumers/{consumer}/replay", only(Role.ADMIN));
    expect("GET " + API + "/streams/{stream}/consumers/{consumer}/parked", only(Role.ADMIN));
    expect(
        "POST " + API + "/streams/{stream}/consumers/{consumer}/parked/{id}/retry",
        only(Role.ADMIN));
  }
}
