package app.heyblue.catalogs.refresh;

import app.heyblue.catalogs.CatalogName;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.catalogs.postgres.CharityTable;
import app.heyblue.catalogs.search.CharityIndex;
import app.heyblue.catalogs.search.CharitySearch;
import app.heyblue.catalogs.sources.HttpSource;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.HouseKeys;
import app.heyblue.testing.TestDatabase;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A catalog on a fresh database, with an audit trail that tests can look at and hold up. */
public final class World implements Audit, HouseKeys, AutoCloseable {
  public static final String HEADER =
      "EIN,NAME,ICO,STREET,CITY,STATE,ZIP,GROUP,SUBSECTION,AFFILIATION,CLASSIFICATION,RULING,"
          + "DEDUCTIBILITY,FOUNDATION,ACTIVITY,ORGANIZATION,STATUS,TAX_PERIOD,ASSET_CD,INCOME_CD,"
          + "FILING_REQ_CD,PF_FILING_REQ_CD,ACCT_PD,ASSET_AMT,INCOME_AMT,REVENUE_AMT,NTEE_CD,"
          + "SORT_NAME";

  /** What a test does at a point of a refresh, inside its transaction. */
  @FunctionalInterface
  interface Hook {
    void at(Handle tx) throws InterruptedException;
  }

  public final Database database;
  public final CharityTable charities;
  public final List<String> audited = Collections.synchronizedList(new ArrayList<>());
  public final CharityIndex index;
  public final CharitySearch search;
  public final MemoryLog log = new MemoryLog();
  public final Settings settings = new Settings();
  final Listings listings;
  public final Refresher refresher;
  volatile Hook beforeShown = tx -> {};
  volatile Hook onStart = tx -> {};
  private final AtomicInteger files = new AtomicInteger();
  private final List<CharityIndex> indexes = new ArrayList<>();
  private final Path folder;

  public World(Path folder) {
    this(folder, TestDatabase.create("catalogs"));
  }

  public World(Path folder, Database database) {
    this.folder = folder;
    this.database = database;
    this.charities = new CharityTable(database);
    this.index = startedIndex();
    this.search = new CharitySearch(database, charities, index);
    this.listings = new Listings(database, log, this, Clock.systemUTC());
    this.refresher = refresher(index);
  }

  /** Another process on the same database, as after a restart. */
  Refresher refresher() {
    return refresher(startedIndex());
  }

  private CharityIndex startedIndex() {
    CharityIndex started = new CharityIndex(database, folder.resolve("home-" + indexes.size()));
    indexes.add(started);
    started.start(new StartupEvent());
    return started;
  }

  private Refresher refresher(CharityIndex index) {
    IdGenerator ids = KernelBeans.timeOrdered(Clock.systemUTC(), new SecureRandom());
    Intake intake = new Intake(new HttpSource(settings), new Spool(folder, settings), ids);
    return new Refresher(
        database, this, this, listings, intake, settings, ids, Clock.systemUTC(), index);
  }

  Path folder() {
    return folder;
  }

  public RefreshStatus refresh(Path file) {
    return refresher.refreshCharitiesNow(file, String.valueOf(file.getFileName()));
  }

  public RefreshStatus refresh(String... rows) throws Exception {
    return refresh(file(rows));
  }

  /** Refreshes a catalog and waits for the end. */
  public RefreshStatus refresh(CatalogName catalog, Origin origin) throws InterruptedException {
    return refresher.await(catalog, refresher.start(catalog, origin));
  }

  RefreshStatus undo(UUID refresh) throws InterruptedException {
    return refresher.await(CatalogName.CHARITIES, refresher.undo(CatalogName.CHARITIES, refresh));
  }

  /** An extract of these rows. */
  Path file(String... rows) throws Exception {
    return file(
        (HEADER + "\r\n" + String.join("", List.of(rows))).getBytes(StandardCharsets.UTF_8));
  }

  Path file(byte[] content) throws Exception {
    return Files.write(folder.resolve("eo" + files.incrementAndGet() + ".csv"), content);
  }

  /** One row of an extract, with its line end. */
  public static String row(String ein, String name, String city, String state) {
    return "%s,%s,%% JANE DOE,1 MAIN ST,%s,%s,20001-0000,0000,03,3,1000,200211,1,15,000000000,1,01,202406,6,4,01,0,06,1,-1,,T22,\r\n"
        .formatted(ein, name, city, state);
  }

  /** Everything that a reader can see, in one statement. */
  String digest() {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select count(*) || '/' || coalesce(sum(hashtextextended(c::text, 0)), 0)
                    from (select ein, name, city, state, zip, ntee_code, deductible, fingerprint
                          from catalogs.charity_now) c
                    """)
                .mapTo(String.class)
                .one());
  }

  /** Every row that there is, seen or not. */
  String stored() {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select count(*) || '/' || coalesce(sum(hashtextextended(c::text, 0)), 0) || '/'
                      || (select count(*) from catalogs.charity_staging)
                    from catalogs.charity c
                    """)
                .mapTo(String.class)
                .one());
  }

  @Override
  public void close() throws InterruptedException {
    for (CharityIndex each : indexes) {
      each.stop(new ShutdownEvent());
    }
  }

  @Override
  public void record(Handle tx, String action, String subject, Map<String, String> details) {
    audited.add(action);
    @Nullable Hook hook =
        switch (action) {
          case "refresh.started" -> onStart;
          case "refresh.applied", "refresh.undone" -> beforeShown;
          default -> null;
        };
    if (hook != null) {
      try {
        hook.at(tx);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public SecretKey symmetric(String name) {
    byte[] key = new byte[32];
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, key, 0, Math.min(bytes.length, key.length));
    return new SecretKeySpec(key, "HmacSHA256");
  }

  @Override
  public KeyPair ed25519(String name) {
    throw new UnsupportedOperationException(Objects.toString(name));
  }

  @Override
  public KeyPair p256(String name) {
    throw new UnsupportedOperationException();
  }
}
