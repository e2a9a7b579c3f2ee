package app.heyblue.onboarding.postgres;

import app.heyblue.onboarding.Agency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The roster in {@code onboarding.agency} and {@code onboarding.badge}. */
public final class RosterTable {
  private RosterTable() {}

  public static void put(Handle tx, Agency agency) {
    tx.createUpdate(
            """
            insert into onboarding.agency (id, name, email_domain, time_zone, zip)
            values (:id, :name, :domain, :timeZone, :zip)
            on conflict (id) do update set name = excluded.name,
              email_domain = excluded.email_domain, time_zone = excluded.time_zone,
              zip = excluded.zip
            """)
        .bind("id", agency.id())
        .bind("name", agency.name())
        .bind("domain", agency.emailDomain())
        .bind("timeZone", agency.timeZone())
        .bind("zip", agency.zip())
        .execute();
  }

  public static void addBadge(Handle tx, String agency, byte[] fingerprint) {
    tx.createUpdate(
            """
            insert into onboarding.badge (agency, fingerprint) values (:agency, :fingerprint)
            on conflict do nothing
            """)
        .bind("agency", agency)
        .bind("fingerprint", fingerprint)
        .execute();
  }

  /** How many badges came and went. */
  public record Replaced(int added, int removed) {}

  /** Gives an agency exactly these badges. */
  public static Replaced replaceBadges(Handle tx, String agency, List<byte[]> fingerprints) {
    return tx.createQuery(
            """
            with given as (select distinct unnest(cast(:given as bytea[])) as fingerprint),
            gone as (
              delete from onboarding.badge b where agency = :agency
                and not exists (select from given where fingerprint = b.fingerprint) returning 1),
            come as (
              insert into onboarding.badge (agency, fingerprint)
              select :agency, fingerprint from given on conflict do nothing returning 1)
            select (select count(*) from come) as added, (select count(*) from gone) as removed
            """)
        .bind("given", fingerprints.toArray(byte[][]::new))
        .bind("agency", agency)
        .map((row, context) -> new Replaced(row.getInt("added"), row.getInt("removed")))
        .one();
  }

  /** One roster file after the other, until the transaction ends. */
  public static void lock(Handle tx) {
    tx.createQuery("select pg_advisory_xact_lock(hashtextextended('onboarding/roster', 0))")
        .map((row, context) -> true)
        .one();
  }

  public static boolean hasBadge(Handle tx, String agency, byte[] fingerprint) {
    return tx.createQuery(
            """
            select exists (select from onboarding.badge
              where agency = :agency and fingerprint = :fingerprint)
            """)
        .bind("agency", agency)
        .bind("fingerprint", fingerprint)
        .mapTo(Boolean.class)
        .one();
  }

  public static Optional<Agency> find(Handle tx, String id) {
    return tx.createQuery(
            "select name, email_domain, time_zone, zip from onboarding.agency where id = :id")
        .bind("id", id)
        .map(RosterTable::agency)
        .findOne();
  }

  public static List<Agency> all(Handle tx) {
    return tx.createQuery(
            "select name, email_domain, time_zone, zip from onboarding.agency order by name, id")
        .map(RosterTable::agency)
        .list();
  }

  private static Agency agency(ResultSet row, StatementContext context) throws SQLException {
    return new Agency(
        row.getString("name"),
        row.getString("email_domain"),
        row.getString("time_zone"),
        row.getString("zip"));
  }
}
