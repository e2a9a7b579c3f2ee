package app.heyblue.onboarding.roster;

import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.AgencyRoster;
import app.heyblue.onboarding.fingerprints.Fingerprints;
import app.heyblue.onboarding.postgres.RosterTable;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import jakarta.enterprise.context.ApplicationScoped;
import java.text.Normalizer;
import java.util.LinkedHashMap;
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
  private final Audit audit;

  public Roster(Database database, Fingerprints fingerprints, Audit audit) {
    this.database = database;
    this.fingerprints = fingerprints;
    this.audit = audit;
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

  /**
   * A badge number in the one form that is compared: NFKC, upper case, without spaces, {@code #}
   * and what can't be seen.
   */
  public static String normalised(String badgeNumber) {
    return Normalizer.normalize(badgeNumber, Normalizer.Form.NFKC)
        .replaceAll("[\\s#\\p{Z}\\p{C}]", "")
        .toUpperCase(Locale.ROOT);
  }

  /** Puts agencies with exactly these badges, all or none. */
  public RosterCounts replace(Map<Agency, Set<String>> badges) {
    Map<Agency, List<byte[]>> sealed = new LinkedHashMap<>();
    badges.forEach(
        (agency, numbers) ->
            sealed.put(
                agency, numbers.stream().map(number -> fingerprint(agency, number)).toList()));
    return database.inTransaction(
        tx -> {
          RosterTable.lock(tx);
          int given = 0;
          int added = 0;
          int removed = 0;
          for (Map.Entry<Agency, List<byte[]>> entry : sealed.entrySet()) {
            RosterTable.put(tx, entry.getKey());
            RosterTable.Replaced replaced =
                RosterTable.replaceBadges(tx, entry.getKey().id(), entry.getValue());
            given += entry.getValue().size();
            added += replaced.added();
            removed += replaced.removed();
          }
          RosterCounts counts = new RosterCounts(sealed.size(), given, added, removed);
          audit.record(
              tx,
              "roster.replaced",
              "roster",
              Map.of(
                  "agencies",
                  Integer.toString(counts.agencies()),
                  "added",
                  Integer.toString(added),
                  "removed",
                  Integer.toString(removed)));
          return counts;
        });
  }

  private byte[] fingerprint(Agency agency, String badgeNumber) {
    return fingerprints.of("badges", agency.id(), normalised(badgeNumber));
  }
}
