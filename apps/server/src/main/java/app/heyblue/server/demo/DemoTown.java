package app.heyblue.server.demo;

import app.heyblue.catalogs.CatalogRefreshes;
import app.heyblue.catalogs.CharityCatalog;
import app.heyblue.catalogs.Ein;
import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.catalogs.RefreshStatus;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.Serving;
import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.AgencyRoster;
import app.heyblue.onboarding.Applicant;
import app.heyblue.onboarding.Onboarding;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Bluefield, the made-up town of an installation with demo data: agencies with their roster,
 * charities, and a few people of every kind. Loading it again changes nothing, so a start that was
 * interrupted is finished by the next.
 */
@ApplicationScoped
class DemoTown {
  private static final Logger LOG = Logger.getLogger(DemoTown.class);
  static final Agency POLICE =
      new Agency(
          "Bluefield Police Department", "police.bluefield.example", "America/Denver", "82001");
  static final Agency SHERIFF =
      new Agency("Harbor County Sheriff", "sheriff.harbor.example", "America/New_York", "82010");

  /** Charities with a smaller number are for the people below. */
  static final int FIRST_FREE_CHARITY = 100;

  private final boolean demo;
  private final Path home;
  private final Onboarding onboarding;
  private final AgencyRoster roster;
  private final CharityCatalog charities;
  private final CatalogRefreshes refreshes;
  private final FamilyCatalog families;
  private final SecureRandom random;
  private final CompletableFuture<List<DemoPerson>> people = new CompletableFuture<>();
  private volatile @Nullable Thread visiting;
  private volatile boolean stopping;

  DemoTown(
      @ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo,
      @ConfigProperty(name = "heyblue.home") Path home,
      Onboarding onboarding,
      AgencyRoster roster,
      CharityCatalog charities,
      CatalogRefreshes refreshes,
      FamilyCatalog families,
      SecureRandom random) {
    this.demo = demo;
    this.home = home;
    this.onboarding = onboarding;
    this.roster = roster;
    this.charities = charities;
    this.refreshes = refreshes;
    this.families = families;
    this.random = random;
  }

  /**
   * After the rooms and the consumers have started, since people are taken in by them. The first
   * time, the server is ready when the town is; later it looks through the town on the side.
   */
  void start(@Observes @Priority(2_000) StartupEvent started) {
    if (!demo) {
      people.complete(List.of());
    } else if (!hasCharities()) {
      loadCharities();
      visit();
      people();
    }
  }

  /** Looks the town through on the side where it isn't new. */
  void revisit(@Observes Serving event) {
    if (!people.isDone()) {
      visiting = Thread.ofVirtual().name("heyblue-demo-town").start(this::visitAgain);
    }
  }

  /** Before what it uses stops. */
  void stop(@Observes @Priority(1) ShutdownEvent stopped) throws InterruptedException {
    stopping = true;
    Thread thread = visiting;
    if (thread != null) {
      thread.interrupt();
      thread.join();
    }
  }

  /**
   * The people of the town, waited for; empty where there are no demo data.
   *
   * @throws IllegalStateException where somebody can't be admitted
   */
  List<DemoPerson> people() {
    try {
      return people.join();
    } catch (CompletionException e) {
      throw new IllegalStateException("the demo town can't be loaded", e.getCause());
    }
  }

  private void visitAgain() {
    visit();
    if (people.isCompletedExceptionally() && !stopping) {
      LOG.warn(
          "The demo town can't be looked through, so its people's doors stay shut until the next"
              + " start",
          people.exceptionNow());
    }
  }

  private void visit() {
    try {
      roster.put(POLICE);
      roster.put(SHERIFF);
      people.complete(admitPeople());
    } catch (RuntimeException e) {
      people.completeExceptionally(e);
    }
  }

  private List<DemoPerson> admitPeople() {
    families.add("BF-0001", "820", "School supplies");
    List<DemoPerson> admitted = new ArrayList<>();
    admitted.add(admit(PartyKind.ADMIN, "Ada Operator", "ada@bluefield.example", Map.of()));
    admitted.add(admit(PartyKind.CIVILIAN, "Maya Lindqvist", "maya@people.example", Map.of()));
    admitted.add(admit(PartyKind.CIVILIAN, "Tomás Herrera", "tomas@people.example", Map.of()));
    admitted.add(admit(PartyKind.CIVILIAN, "June Park", "june@people.example", Map.of()));
    admitted.add(officer("Officer Dana Reyes", "dana", POLICE, "1042"));
    admitted.add(officer("Officer Sam Okafor", "sam", POLICE, "1077"));
    admitted.add(officer("Deputy Ruth Weiss", "ruth", SHERIFF, "H-31"));
    admitted.add(charity(0));
    admitted.add(charity(21));
    admitted.add(
        admit(
            PartyKind.FAMILY,
            "The Alvarado family",
            "alvarado@people.example",
            Map.of("caseNumber", "BF-0001")));
    admitted.add(
        admit(
            PartyKind.MERCHANT,
            "Corner Bakery",
            "bakery@shops.example",
            Map.of("legalName", "Corner Bakery LLC", "ein", "880000001")));
    return List.copyOf(admitted);
  }

  private DemoPerson officer(String name, String mailbox, Agency agency, String badge) {
    roster.addBadge(agency.name(), badge);
    return admit(
        PartyKind.OFFICER,
        name,
        mailbox + "@" + agency.emailDomain(),
        Map.of("agency", agency.name(), "badgeNumber", badge));
  }

  private DemoPerson charity(int number) {
    return admit(
        PartyKind.CHARITY,
        DemoCharities.name(number),
        "charity" + number + "@charities.example",
        Map.of("ein", DemoCharities.ein(number)));
  }

  private DemoPerson admit(
      PartyKind kind, String displayName, String email, Map<String, String> evidence) {
    // Nobody signs in with this password: /demo/sessions opens the doors of demo people.
    byte[] password = new byte[24];
    random.nextBytes(password);
    return new DemoPerson(
        onboarding.admit(
            new Applicant(
                kind,
                email,
                HexFormat.of().formatHex(password),
                displayName,
                "82001",
                "demo-device",
                evidence)),
        kind,
        displayName);
  }

  private boolean hasCharities() {
    return charities.find(new Ein(DemoCharities.ein(DemoCharities.COUNT - 1))).isPresent();
  }

  private void loadCharities() {
    try {
      Path file =
          Files.createTempFile(Files.createDirectories(home.resolve("spool")), "demo", ".csv");
      try {
        DemoCharities.write(file);
        RefreshStatus status = refreshes.refreshCharitiesNow(file, "demo town");
        if (status.status() != RefreshStatus.State.APPLIED) {
          throw new IllegalStateException("the demo charities were refused: " + status.reason());
        }
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
