package app.heyblue.server.demo;

import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.AgencyRoster;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives out evidence for new applications in the demo town, each piece once. */
@ApplicationScoped
class EvidenceDesk {
  private static final int UNIQUE_BYTES = 6;

  private final Path charitiesGiven;
  private final DemoTown town;
  private final AgencyRoster roster;
  private final FamilyCatalog families;
  private final SecureRandom random;

  EvidenceDesk(
      @ConfigProperty(name = "heyblue.home") Path home,
      DemoTown town,
      AgencyRoster roster,
      FamilyCatalog families,
      SecureRandom random) {
    this.charitiesGiven = home.resolve("demo-charities-given");
    this.town = town;
    this.roster = roster;
    this.families = families;
    this.random = random;
  }

  /**
   * Evidence that nobody has been given before.
   *
   * @throws ProblemException for admins, who don't apply, and when the demo charities are used up
   */
  DemoEvidence next(PartyKind kind) {
    byte[] bytes = new byte[UNIQUE_BYTES];
    random.nextBytes(bytes);
    String unique = HexFormat.of().formatHex(bytes);
    return switch (kind) {
      case CIVILIAN ->
          new DemoEvidence(unique + "@people.example", Map.of(), "New Neighbor", "82001");
      case OFFICER -> officer(unique);
      case CHARITY -> charity(unique);
      case FAMILY -> family(unique);
      case MERCHANT ->
          new DemoEvidence(
              unique + "@shops.example",
              Map.of(
                  "legalName",
                  "Shop " + unique + " LLC",
                  "ein",
                  "88%07d".formatted(random.nextInt(10_000_000))),
              "Shop " + unique,
              "82003");
      case ADMIN ->
          throw ProblemException.invalid(
              "kind", "Administrators don't apply; they are made on the command line.");
    };
  }

  private DemoEvidence officer(String unique) {
    // Once the people are there, the roster is.
    town.people();
    Agency agency = DemoTown.POLICE;
    String badge = "D-" + unique;
    roster.addBadge(agency.name(), badge);
    return new DemoEvidence(
        unique + "@" + agency.emailDomain(),
        Map.of("agency", agency.name(), "badgeNumber", badge),
        "Officer Newcomer",
        agency.zip());
  }

  private DemoEvidence family(String unique) {
    String caseNumber = "BF-" + unique;
    families.add(caseNumber, "820", "Groceries");
    return new DemoEvidence(
        unique + "@people.example", Map.of("caseNumber", caseNumber), "A family", "82005");
  }

  private synchronized DemoEvidence charity(String unique) {
    try {
      int number =
          Files.exists(charitiesGiven)
              ? Integer.parseInt(Files.readString(charitiesGiven).strip()) + 1
              : DemoTown.FIRST_FREE_CHARITY;
      if (number >= DemoCharities.COUNT) {
        throw CommonProblems.CONFLICT.raise(
            "All demo charities are taken; start anew in another HEYBLUE_HOME.");
      }
      Files.writeString(charitiesGiven, String.valueOf(number));
      return new DemoEvidence(
          unique + "@charities.example",
          Map.of("ein", DemoCharities.ein(number)),
          DemoCharities.name(number),
          DemoCharities.zip(number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
