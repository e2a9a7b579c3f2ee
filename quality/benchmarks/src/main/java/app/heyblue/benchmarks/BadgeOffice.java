package app.heyblue.benchmarks;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.Database;
import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.security.Caller;
import app.heyblue.security.SecurityConfig;
import app.heyblue.security.keys.MasterKey;
import app.heyblue.security.keys.WrappedHouseKeys;
import app.heyblue.security.tokens.AccessTokens;
import app.heyblue.security.tokens.SigningKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Access tokens for any number of people of a server on this machine, signed by its own key, which
 * lies in its data folder: twenty thousand applications would take longer than what is measured.
 */
final class BadgeOffice {
  private final Database database;
  private final IdGenerator ids;
  private final AccessTokens tokens;

  BadgeOffice(Path home, DatabaseUrl url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    source.setUser(url.user());
    source.setPassword(url.password());
    SecureRandom random = new SecureRandom();
    Clock clock = KernelBeans.systemClock();
    SecurityConfig config = new Settings(home.resolve("keys/master.key"));
    this.database = new Database(source);
    this.ids = KernelBeans.timeOrdered(clock, random);
    WrappedHouseKeys keys =
        new WrappedHouseKeys(
            database, new MasterKey(database, config, random, clock), random, clock);
    this.tokens =
        new AccessTokens(
            new SigningKeys(
                database, keys, config, (tx, action, subject, details) -> {}, ids, clock),
            config,
            ids,
            clock);
  }

  /** Somebody with a token. */
  record Badge(UserId person, String token) {}

  /** People whom nobody knows but by their tokens; tracking asks for no more. */
  List<Badge> civilians(int count) {
    return Stream.generate(() -> badge(PartyKind.CIVILIAN)).limit(count).toList();
  }

  /** People whom tracking knows as officers. */
  List<Badge> officers(int count) {
    List<Badge> badges = Stream.generate(() -> badge(PartyKind.OFFICER)).limit(count).toList();
    database.useTransaction(
        tx -> {
          PreparedBatch rows =
              tx.prepareBatch(
                  "insert into tracking.officer (user_id, time_zone) values (:id, :zone)");
          for (Badge badge : badges) {
            rows.bind("id", badge.person().value()).bind("zone", "America/New_York").add();
          }
          rows.execute();
        });
    return badges;
  }

  private Badge badge(PartyKind kind) {
    Caller caller = new Caller(new UserId(ids.next()), kind, ids.next());
    return new Badge(caller.userId(), tokens.issue(caller));
  }

  /** The server's own settings, as far as they say something about tokens. */
  private record Settings(Path masterKeyFile) implements SecurityConfig {
    @Override
    public Optional<Path> operatorTokenFile() {
      return Optional.empty();
    }

    @Override
    public String issuer() {
      return "heyblue";
    }

    @Override
    public int signingKeyDays() {
      return 90;
    }

    @Override
    public Optional<List<String>> trustedProxies() {
      return Optional.empty();
    }

    @Override
    public Optional<List<String>> metricsReaders() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> breachedPasswordsFile() {
      return Optional.empty();
    }

    @Override
    public Map<String, OidcIssuer> oidc() {
      return Map.of();
    }
  }
}
