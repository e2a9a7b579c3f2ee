package app.heyblue.onboarding.roster;

import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.AgencyRoster;
import app.heyblue.onboarding.fingerprints.Fingerprints;
import app.heyblue.onboarding.postgres.RosterTable;
import app.heyblue.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The roster in the database. */
@ApplicationScoped
public class Roster implements AgencyRoster {
  private final Database database;
  private final Fingerprints fingerprints;

  public Roster(Database database, Fingerprints fingerprints) {
    this.database = database;
    this.fingerprints = fingerprints;
  }

  @Override
  public void put(Agency agency) {
    database.useTransaction(tx -> RosterTable.put(tx, agency));
  }

  @Override
  public void addBadge(String agency, String badgeNumber) {
    Agency found =
        find(agency)
            .orElseThrow(() -> new IllegalArgumentException("no agency on the roster: " + agency));
    byte[] fingerprint = fingerprint(found, badgeNumber);
    database.useTransaction(tx -> RosterTable.addBadge(tx, found.id(), fingerprint));
  }

  @Override
  public List<Agency> agencies() {
    return database.read(RosterTable::all);
  }

  /** An agency by its id or its name, in any spelling that makes the same id. */
  public Optional<Agency> find(String idOrName) {
    return database.read(tx -> RosterTable.find(tx, Agency.idOf(idOrName)));
  }

  /** Whether the agency vouches for this badge. */
  public boolean hasBadge(Agency agency, String badgeNumber) {
    byte[] fingerprint = fingerprint(agency, badgeNumber);
    return database.read(tx -> RosterTable.hasBadge(tx, agency.id(), fingerprint));
  }

  /** A badge number in the one form that is compared. */
  public static String normalised(String badgeNumber) {
    return badgeNumber.replaceAll("[\\s#]", "").toUpperCase(Locale.ROOT);
  }

  /** Puts agencies with exactly these badges, all or none. */
  void replace(Map<Agency, Set<String>> badges) {
    database.useTransaction(
        tx ->
            badges.forEach(
                (agency, numbers) -> {
                  RosterTable.put(tx, agency);
                  RosterTable.clearBadges(tx, agency.id());
                  numbers.forEach(
                      number -> RosterTable.addBadge(tx, agency.id(), fingerprint(agency, number)));
                }));
  }

  private byte[] fingerprint(Agency agency, String badgeNumber) {
    return fingerprints.of("badges", agency.id(), normalised(badgeNumber));
  }
}
