package app.heyblue.onboarding.applications;

import app.heyblue.catalogs.Charity;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.catalogs.FamilyEntry;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.KernelBeans;
import app.heyblue.kernel.Language;
import app.heyblue.kernel.PartyKind;
import app.heyblue.messaging.EventLog;
import app.heyblue.messaging.Streams;
import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Mail;
import app.heyblue.notifications.PartyMail;
import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.codes.MailedCodes;
import app.heyblue.onboarding.domain.ApplicationStatus;
import app.heyblue.onboarding.domain.Conclusion;
import app.heyblue.onboarding.domain.Finding;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.domain.ReviewItem;
import app.heyblue.onboarding.fingerprints.Fingerprints;
import app.heyblue.onboarding.recovery.Recovery;
import app.heyblue.onboarding.roster.Roster;
import app.heyblue.onboarding.validators.AgencyDomainValidator;
import app.heyblue.onboarding.validators.BadgeValidator;
import app.heyblue.onboarding.validators.CharityLookValidator;
import app.heyblue.onboarding.validators.CharityValidator;
import app.heyblue.onboarding.validators.EinValidator;
import app.heyblue.onboarding.validators.FamilyValidator;
import app.heyblue.onboarding.validators.GuardRules;
import app.heyblue.onboarding.validators.IdValidator;
import app.heyblue.onboarding.validators.MerchantValidator;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.EmailFingerprints;
import app.heyblue.testing.TestDatabase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The room over a real database, with its neighbours as small as can be. */
final class House {
  static final Agency POLICE =
      new Agency("Bluefield Police", "police.bluefield.example", "America/Denver", "82001");
  static final Charity PANTRY =
      new Charity(
          new Ein("530196605"),
          "CAPITAL FOOD PANTRY INC",
          "WASHINGTON",
          "DC",
          "20001-1234",
          "K31",
          true);

  /** Guards whose pauses nobody feels. */
  static final GuardRules QUICK =
      new GuardRules(2, 8, 1, Duration.ofMillis(2), 4, Duration.ofMillis(50));

  static final String PASSWORD = "correct horse battery";

  final Database database;
  final FakeIdentities identities;
  final FakeKeys keys;
  final FakeStreams streams;
  final List<Letter> mails;
  final List<String> audited;
  final Roster roster;
  final Upkeep upkeep;
  final Worker worker;
  final HouseConfig config;
  final Applications applications;
  final Reviews reviews;
  final Admissions admissions;
  final Recovery recovery;

  private final Moving clock;

  House() {
    this(TestDatabase.create("onboarding"));
  }

  private House(Database database) {
    this(database, new FakeStreams(database));
  }

  private House(Database database, FakeStreams streams) {
    this(
        database,
        new FakeIdentities(),
        new FakeKeys(),
        streams,
        streams,
        streams,
        new CopyOnWriteArrayList<>(),
        new CopyOnWriteArrayList<>(),
        new Moving(Instant.parse("2026-04-01T12:00:00Z")),
        List.of(),
        true,
        new HouseConfig());
    roster.put(POLICE);
    roster.addBadge(POLICE.name(), "1042");
  }

  private House(
      Database database,
      FakeIdentities identities,
      FakeKeys keys,
      FakeStreams streams,
      EventLog log,
      Streams progress,
      List<Letter> mails,
      List<String> audited,
      Moving clock,
      List<IdValidator> validators,
      boolean shippedValidators,
      HouseConfig config) {
    this.database = database;
    this.identities = identities;
    this.keys = keys;
    this.streams = streams;
    this.mails = mails;
    this.audited = audited;
    this.clock = clock;
    this.config = config;
    Clock time = clock.clock();
    SecureRandom random = new SecureRandom();
    IdGenerator ids = KernelBeans.timeOrdered(Clock.systemUTC(), random);
    Fingerprints fingerprints = new Fingerprints(keys);
    EmailFingerprints emails = email -> fingerprints.of("emails", FakeIdentities.normalised(email));
    Audit audit = (tx, action, subject, details) -> audited.add(action);
    this.roster = new Roster(database, fingerprints, audit);
    FamilyCatalog families = new OneFamily();
    List<IdValidator> asked = new ArrayList<>(validators);
    if (shippedValidators) {
      asked.add(new BadgeValidator(roster));
      asked.add(new AgencyDomainValidator(roster));
      asked.add(new CharityValidator(House::findCharity));
      asked.add(new CharityLookValidator(config));
      asked.add(new EinValidator());
      asked.add(new MerchantValidator());
      asked.add(new FamilyValidator(families));
    }
    PersonalTexts texts = new PersonalTexts(keys);
    Claims claims = new Claims(fingerprints);
    JoiningEvents joining = new JoiningEvents(roster, House::findCharity, families, keys, time);
    Changes changes = new Changes();
    Mail mail = new FakeMail(mails);
    MailedCodes codes = new MailedCodes(database, time, random, fingerprints, false);
    Steps steps =
        new Steps(
            database,
            time,
            config,
            new Verification(asked, QUICK, time),
            claims,
            texts,
            joining,
            identities,
            log,
            mail,
            progress,
            audit);
    this.upkeep = new Upkeep(database, time, config, texts, emails, identities, mail, codes, audit);
    this.worker = new Worker(database, time, steps, upkeep, changes, progress);
    this.applications =
        new Applications(
            database, time, ids, identities, emails, texts, codes, mail, worker, audit);
    this.reviews = new Reviews(database, time, texts, joining, mail, worker, audit);
    this.admissions =
        new Admissions(
            database,
            time,
            ids,
            identities,
            emails,
            texts,
            claims,
            joining,
            worker,
            changes,
            audit);
    this.recovery =
        new Recovery(
            database, ids, identities, emails, codes, mail, partyMail(identities, mail), audit);
  }

  private static PartyMail partyMail(FakeIdentities identities, Mail mail) {
    return (tx, party, template, incident) ->
        identities
            .emailOf(party)
            .ifPresent(
                to ->
                    mail.post(
                        tx,
                        new Letter(
                            Letter.idOf(party + " " + incident, template),
                            to,
                            Language.EN,
                            template,
                            Map.of())));
  }

  /** The same database and neighbours, a new process. */
  House restarted() {
    return again(streams, streams, List.of(), true);
  }

  /** {@link #restarted} with validators of the test's own only. */
  House withValidators(IdValidator... validators) {
    return again(streams, streams, List.of(validators), false);
  }

  /** A house on the real streams of a database, which also has the schema of messaging. */
  static House on(Database database, EventLog log, Streams progress) {
    return new House(database).again(log, progress, List.of(), true);
  }

  private House again(
      EventLog log, Streams progress, List<IdValidator> validators, boolean shippedValidators) {
    return new House(
        database,
        identities,
        keys,
        streams,
        log,
        progress,
        mails,
        audited,
        clock,
        validators,
        shippedValidators,
        config);
  }

  void passTime(Duration time) {
    clock.now = clock.now.plus(time);
  }

  UUID apply(Form form) {
    return applications.apply(form, PASSWORD).id();
  }

  /** Takes every step that can be taken now. */
  void pass() {
    boolean moved = true;
    while (moved) {
      moved = false;
      for (Future<Boolean> step : worker.sweep()) {
        try {
          moved |= step.get();
        } catch (InterruptedException | ExecutionException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  /** What a reviewer is told couldn't be decided, and nothing of what was. */
  static List<String> undecided(ReviewItem item) {
    return item.findings().stream()
        .filter(finding -> finding.verdict() == Conclusion.UNDECIDED)
        .map(Finding::finding)
        .toList();
  }

  /** Applies, confirms, and lets the worker do what it can. */
  UUID join(Form form) {
    UUID id = apply(form);
    applications.confirm(id, codeFor(id));
    pass();
    return id;
  }

  String codeFor(UUID id) {
    String code =
        mails.stream()
            .filter(mail -> mail.id().equals(id))
            .findFirst()
            .orElseThrow()
            .values()
            .get("code");
    if (code == null) {
      throw new AssertionError("the mail has no code");
    }
    return code;
  }

  /** The code of the newest letter that has one. */
  String newestCode() {
    return mails.reversed().stream()
        .map(mail -> mail.values().get("code"))
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow();
  }

  String wrongCodeFor(UUID id) {
    return codeFor(id).equals("000000") ? "000001" : "000000";
  }

  /** The status as it is stored. */
  ApplicationStatus status(UUID id) {
    return ApplicationStatus.of(
        database.read(
            tx ->
                tx.createQuery("select status from onboarding.application where id = :id")
                    .bind("id", id)
                    .mapTo(String.class)
                    .one()));
  }

  static Form civilian(String email) {
    return form(PartyKind.CIVILIAN, email, "Maya Lindqvist", "82001", Map.of());
  }

  static Form officer(String email, String badge) {
    return form(
        PartyKind.OFFICER,
        email,
        "Dana Reyes",
        "82009",
        Map.of("agency", POLICE.name(), "badgeNumber", badge));
  }

  static Form charity(String email, String name) {
    return form(PartyKind.CHARITY, email, name, "20001", Map.of("ein", PANTRY.ein().value()));
  }

  static Form merchant(String email) {
    return form(
        PartyKind.MERCHANT,
        email,
        "Corner Bakery",
        "82001",
        Map.of("legalName", "Corner Bakery LLC", "ein", "880000001"));
  }

  static Form form(
      PartyKind kind, String email, String name, String zip, Map<String, String> evidence) {
    return new Form(kind, email, name, zip, "device-7", evidence, Language.EN);
  }

  private static Optional<Charity> findCharity(Ein ein) {
    return ein.equals(PANTRY.ein()) ? Optional.of(PANTRY) : Optional.empty();
  }

  private static final class OneFamily implements FamilyCatalog {
    @Override
    public Optional<FamilyEntry> find(String caseNumber) {
      return FamilyCatalog.canonical(caseNumber).equals("BF0001")
          ? Optional.of(new FamilyEntry("820", "School supplies"))
          : Optional.empty();
    }

    @Override
    public void add(String caseNumber, String zip3, @Nullable String cause) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Moving implements InstantSource {
    private volatile Instant now;

    Moving(Instant start) {
      this.now = start;
    }

    @Override
    public Instant instant() {
      return now;
    }

    Clock clock() {
      return withZone(ZoneOffset.UTC);
    }
  }

  /** Keeps letters in their order, each id once; what is posted, once its transaction commits. */
  private record FakeMail(List<Letter> letters) implements Mail {
    @Override
    public void send(Letter letter) {
      synchronized (letters) {
        if (letters.stream().noneMatch(sent -> sent.id().equals(letter.id()))) {
          letters.add(letter);
        }
      }
    }

    @Override
    public void post(Handle tx, Letter letter) {
      tx.afterCommit(() -> send(letter));
    }
  }
}
