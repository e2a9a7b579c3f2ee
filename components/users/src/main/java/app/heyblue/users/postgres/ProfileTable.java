package app.heyblue.users.postgres;

import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.users.profiles.StoredProfile;
import app.heyblue.users.recipients.Listing;
import app.heyblue.users.recipients.Typos;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The tables of profiles and of the words that recipients are found by. */
@ApplicationScoped
public class ProfileTable {
  private static final RowMapper<StoredProfile> PROFILE = (row, context) -> profile(row);

  public Optional<StoredProfile> find(Handle tx, UserId party) {
    return tx.createQuery("select * from users.profile where user_id = :party")
        .bind("party", party.value())
        .map(PROFILE)
        .findOne();
  }

  public List<StoredProfile> findAll(Handle tx, Collection<UserId> parties) {
    return tx.createQuery("select * from users.profile where user_id = any(:parties)")
        .bind("parties", parties.stream().map(UserId::value).toArray(UUID[]::new))
        .map(PROFILE)
        .list();
  }

  /** Writes a profile and what it is found by, in place of what was there. */
  public void put(Handle tx, StoredProfile profile) {
    Listing listing = Listing.of(profile);
    tx.createUpdate(
            """
            insert into users.profile
              (user_id, kind, display_name, display_name_sealed, area_zip, time_zone, agency, ein,
               cause, locale, show_name, show_encounter_count, joined_at, version, sort_key, listing)
            values (:id, :kind, :name, :sealed, :area, :zone, :agency, :ein, :cause, :locale,
              :showName, :showCount, :joined, :version, :sortKey, :listing)
            on conflict (user_id) do update set
              display_name = excluded.display_name,
              display_name_sealed = excluded.display_name_sealed,
              area_zip = excluded.area_zip,
              time_zone = excluded.time_zone,
              agency = excluded.agency,
              ein = excluded.ein,
              cause = excluded.cause,
              locale = excluded.locale,
              show_name = excluded.show_name,
              show_encounter_count = excluded.show_encounter_count,
              version = excluded.version,
              sort_key = excluded.sort_key,
              listing = excluded.listing
            """)
        .bind("id", profile.userId().value())
        .bind("kind", profile.kind().toString())
        .bind("name", profile.displayName())
        .bind("sealed", bytes(profile.displayNameSealed()))
        .bind("area", profile.areaZip())
        .bind("zone", profile.timeZone())
        .bind("agency", profile.agency())
        .bind("ein", profile.ein())
        .bind("cause", profile.cause())
        .bind("locale", profile.locale().toString())
        .bind("showName", profile.showName())
        .bind("showCount", profile.showEncounterCount())
        .bind("joined", profile.joinedAt().atOffset(ZoneOffset.UTC))
        .bind("version", profile.version())
        .bind("sortKey", listing.sortKey())
        .bind("listing", Listing.VERSION)
        .execute();
    putWords(tx, profile.userId(), "profile_word", "word", listing.words());
    putWords(tx, profile.userId(), "profile_form", "form", Typos.forms(listing.words()));
  }

  private static void putWords(
      Handle tx, UserId party, String table, String column, Set<String> words) {
    String[] all = words.toArray(String[]::new);
    tx.createUpdate(
            "delete from users.%s where user_id = :id and %s <> all(:words)"
                .formatted(table, column))
        .bind("id", party.value())
        .bind("words", all)
        .execute();
    tx.createUpdate(
            """
            insert into users.%s (user_id, %s)
            select :id, word from unnest(:words) word
            on conflict do nothing
            """
                .formatted(table, column))
        .bind("id", party.value())
        .bind("words", all)
        .execute();
  }

  /** Lists those anew who were listed in an earlier way; answers how many they were. */
  public int relist(Handle tx, int atMost) {
    List<StoredProfile> outdated =
        tx.createQuery(
                """
                select * from users.profile
                where kind in ('charity', 'family', 'officer') and listing < :listing
                limit :atMost for update
                """)
            .bind("listing", Listing.VERSION)
            .bind("atMost", atMost)
            .map(PROFILE)
            .list();
    outdated.forEach(profile -> put(tx, profile));
    return outdated.size();
  }

  /**
   * The parties of a kind but one, in the order of their listing; without charities that have
   * disappeared from the catalog.
   *
   * @param words letters and digits only, each of which begins some word of the party's
   * @param typos whether a word may also differ from one of the party's by a typo
   * @param after the party at the end of the page before
   */
  public List<StoredProfile> recipients(
      Handle tx,
      PartyKind kind,
      UserId but,
      Set<String> words,
      boolean typos,
      Optional<UUID> after,
      int limit) {
    StringBuilder sql =
        new StringBuilder(
            """
            select p.* from users.profile p
            where p.kind = :kind and p.user_id <> :but and not exists (
              select from users.charity_listing l where l.ein = p.ein and not l.listed)
            """);
    after.ifPresent(
        place ->
            sql.append(
                """
                and (p.sort_key, p.user_id)
                  > (select a.sort_key, a.user_id from users.profile a where a.user_id = :after)
                """));
    for (int i = 0; i < words.size(); i++) {
      sql.append(
          """
          and (p.user_id in (select w.user_id from users.profile_word w where w.word like :word%1$d)
            or p.user_id in
              (select f.user_id from users.profile_form f where f.form = any(:forms%1$d)))
          """
              .formatted(i));
    }
    Query query =
        tx.createQuery(sql.append("order by p.sort_key, p.user_id limit :limit").toString())
            .bind("kind", kind.toString())
            .bind("but", but.value())
            .bind("limit", limit);
    after.ifPresent(place -> query.bind("after", place));
    int i = 0;
    for (String word : words) {
      Set<String> forms = typos ? Typos.forms(Set.of(word)) : Set.of();
      query.bind("word" + i, word + "%").bind("forms" + i, forms.toArray(String[]::new));
      i++;
    }
    return query.map(PROFILE).list();
  }

  private static StoredProfile profile(ResultSet row) throws SQLException {
    return new StoredProfile(
        new UserId(row.getObject("user_id", UUID.class)),
        PartyKind.parse(row.getString("kind")),
        row.getString("display_name"),
        base64(row.getBytes("display_name_sealed")),
        row.getString("area_zip"),
        row.getString("time_zone"),
        row.getString("agency"),
        row.getString("ein"),
        row.getString("cause"),
        Language.parse(row.getString("locale")),
        row.getBoolean("show_name"),
        row.getBoolean("show_encounter_count"),
        row.getObject("joined_at", OffsetDateTime.class).toInstant(),
        row.getLong("version"));
  }

  private static byte @Nullable [] bytes(@Nullable String base64) {
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }

  private static @Nullable String base64(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }
}
