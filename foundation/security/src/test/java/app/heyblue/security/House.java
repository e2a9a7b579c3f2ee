package app.heyblue.security;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.NewEvent;
import app.heyblue.postgres.Database;
import app.heyblue.security.audit.AuditTrail;
import app.heyblue.security.audit.RequestAtHand;
import app.heyblue.security.keys.Fingerprints;
import app.heyblue.security.keys.MasterKey;
import app.heyblue.security.keys.PersonKeys;
import app.heyblue.security.keys.WrappedHouseKeys;
import app.heyblue.security.tokens.AccessTokens;
import app.heyblue.security.tokens.SigningKeys;
import app.heyblue.testing.TestDatabase;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One process over a real database and a data folder; further ones can join it. */
public final class House {
  public final Database database;
  public final Path home;
  public final AtomicReference<Instant> now;
  public final Clock clock;
  public final SecureRandom random = new SecureRandom();
  public final IdGenerator ids;
  public final SecurityConfig config;
  public final MasterKey master;
  public final WrappedHouseKeys keys;
  public final PersonKeys personKeys;
  public final Fingerprints fingerprints;
  public final SigningKeys signing;
  public final AccessTokens tokens;
  public final Request request = new Request();
  public final AuditTrail audit;
  public final List<NewEvent> told = new CopyOnWriteArrayList<>();

  private House(Database database, Path home, AtomicReference<Instant> now) {
    this.database = database;
    this.home = home;
    this.now = now;
    this.clock = new HandClock(now);
    this.ids = KernelBeans.timeOrdered(clock, random);
    this.config = config(home);
    this.master = new MasterKey(database, config, random, clock);
    this.keys = new WrappedHouseKeys(database, master, random, clock);
    this.personKeys = new PersonKeys(database, master, random, clock);
    this.fingerprints = new Fingerprints(keys);
    this.audit = new AuditTrail(database, request, personKeys, ids, clock);
    this.signing = new SigningKeys(database, keys, config, audit, ids, clock);
    this.tokens = new AccessTokens(signing, config, ids, clock);
  }

  public static House over(Path home) {
    return over(TestDatabase.create("security"), home);
  }

  public static House over(Database database, Path home) {
    return new House(database, home, new AtomicReference<>(Instant.parse("2026-07-04T12:00:00Z")));
  }

  /** Another process, or this one after a restart: the same database, folder and time. */
  public House another() {
    return new House(database, home, now);
  }

  public void pass(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  public UserId party() {
    return new UserId(ids.next());
  }

  public Caller caller(PartyKind kind) {
    return new Caller(party(), kind, ids.next());
  }

  public EventLog events() {
    return (tx, stream, event) -> {
      told.add(event);
      return ids.next();
    };
  }

  public static Clock handClock(AtomicReference<Instant> now) {
    return new HandClock(now);
  }

  public static Settings config(Path home) {
    return new Settings(
        home.resolve("keys/master.key"),
        Optional.of(home.resolve("run/operator.token")),
        "heyblue",
        90,
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** The settings of a process; these are the defaults. */
  public record Settings(
      Path masterKeyFile,
      Optional<Path> operatorTokenFile,
      String issuer,
      int signingKeyDays,
      Optional<List<String>> trustedProxies,
      Optional<Path> breachedPasswordsFile,
      Map<String, OidcIssuer> oidc)
      implements SecurityConfig {
    @Override
    public Optional<List<String>> metricsReaders() {
      return Optional.empty();
    }

    public Settings withTrustedProxies(List<String> proxies) {
      return new Settings(
          masterKeyFile,
          operatorTokenFile,
          issuer,
          signingKeyDays,
          Optional.of(proxies),
          breachedPasswordsFile,
          oidc);
    }

    public Settings withBreachedPasswords(Path file) {
      return new Settings(
          masterKeyFile,
          operatorTokenFile,
          issuer,
          signingKeyDays,
          trustedProxies,
          Optional.of(file),
          oidc);
    }

    public Settings withIssuer(String other) {
      return new Settings(
          masterKeyFile,
          operatorTokenFile,
          other,
          signingKeyDays,
          trustedProxies,
          breachedPasswordsFile,
          oidc);
    }

    public Settings withOidc(Map<String, OidcIssuer> issuers) {
      return new Settings(
          masterKeyFile,
          operatorTokenFile,
          issuer,
          signingKeyDays,
          trustedProxies,
          breachedPasswordsFile,
          issuers);
    }
  }

  /** The request at hand, as a test wants it. */
  public static final class Request implements RequestAtHand {
    private @Nullable Origin origin;
    public boolean recorded;

    public Origin from(@Nullable Caller caller, @Nullable String address) {
      Origin made = new Origin(caller, address, new UUID(7, 7));
      origin = made;
      return made;
    }

    @Override
    public Optional<Origin> find() {
      return Optional.ofNullable(origin);
    }

    @Override
    public Runnable recording() {
      return () -> recorded = true;
    }
  }

  private static final class HandClock extends Clock {
    private final AtomicReference<Instant> now;

    HandClock(AtomicReference<Instant> now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now.get();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
