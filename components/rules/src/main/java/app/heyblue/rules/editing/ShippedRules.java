package app.heyblue.rules.editing;

import app.heyblue.postgres.Database;
import app.heyblue.rules.LimitWindow;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.deciding.ActiveRules;
import app.heyblue.rules.domain.Limit;
import app.heyblue.rules.domain.Per;
import app.heyblue.rules.domain.Rule;
import app.heyblue.rules.domain.RuleContent;
import app.heyblue.rules.domain.RuleStatus;
import app.heyblue.rules.domain.RuleVersion;
import app.heyblue.rules.postgres.RuleRepository;
import app.heyblue.security.Audit;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rules that HeyBlue ships with, inserted once, when there are no rules at all. From then on
 * they are data like any other, for the operator to change or retire.
 */
@ApplicationScoped
public class ShippedRules {
  private static final List<Limit> ENCOUNTER_LIMITS =
      List.of(
          new Limit(Per.PAIR, LimitWindow.CALENDAR_DAY, 1),
          new Limit(Per.CIVILIAN, LimitWindow.CALENDAR_DAY, 20));

  /** In this order they get their ids, {@code 00000000-0000-7000-8000-000000000101} and on. */
  public static final List<RuleContent> ALL =
      List.of(
          shipped(
              "Encounter by QR code",
              RuleKind.ENCOUNTER,
              "proof == 'qr'",
              Map.of("civilianPoints", "10", "officerPoints", "10"),
              ENCOUNTER_LIMITS),
          shipped(
              "Encounter by request and acceptance",
              RuleKind.ENCOUNTER,
              "proof == 'request'",
              Map.of("civilianPoints", "5", "officerPoints", "5"),
              ENCOUNTER_LIMITS),
          shipped(
              "Donations of 1 to 10,000 points",
              RuleKind.DONATION,
              "giverKind in ['civilian', 'officer'] && recipientKind in ['charity', 'family']"
                  + " && points >= 1 && points <= 10000",
              Map.of("allowed", "true"),
              List.of()),
          shipped(
              "Giveaways of 1 to 10,000 points",
              RuleKind.GIVEAWAY,
              "giverKind == 'officer' && recipientKind == 'officer' && giver != recipient"
                  + " && points >= 1 && points <= 10000",
              Map.of("allowed", "true"),
              List.of()),
          shipped(
              "Exchange at the listed price",
              RuleKind.EXCHANGE,
              "buyerKind in ['civilian', 'family', 'charity'] && listPrice >= 0 && quantity >= 1",
              Map.of("price", "listPrice * quantity"),
              List.of()),
          shipped(
              "Proximity and alerts, not for who drives past",
              RuleKind.PROXIMITY,
              "civilianSpeed < 8.0",
              Map.of(
                  "rings", "1",
                  "dwellSeconds", "30",
                  "alertsPerDay", "20",
                  "acceptanceMeters", "30"),
              List.of()));

  private final Database database;
  private final RuleRepository repository;
  private final ActiveRules active;
  private final Audit audit;
  private final Clock clock;

  public ShippedRules(
      Database database, RuleRepository repository, ActiveRules active, Audit audit, Clock clock) {
    this.database = database;
    this.repository = repository;
    this.active = active;
    this.audit = audit;
    this.clock = clock;
  }

  void start(@Observes @Priority(500) StartupEvent event) {
    insertIfNone();
  }

  /** Inserts them, active, where there is no rule yet; of several processes only one does. */
  void insertIfNone() {
    boolean inserted =
        database.inTransaction(
            tx -> {
              repository.lock(tx);
              if (!repository.isEmpty(tx)) {
                return false;
              }
              Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
              for (int i = 0; i < ALL.size(); i++) {
                UUID id = id(i);
                RuleVersion version = new RuleVersion(id, 1, ALL.get(i), null, now);
                repository.insert(tx, new Rule(id, RuleStatus.ACTIVE, version, now, now));
                audit.record(tx, "rule.shipped", id.toString(), Map.of());
              }
              repository.announceChange(tx);
              return true;
            });
    if (inserted) {
      active.changed();
    }
  }

  /** The fixed id of the shipped rule at this place. */
  static UUID id(int place) {
    return UUID.fromString("00000000-0000-7000-8000-%012x".formatted(0x101 + place));
  }

  private static RuleContent shipped(
      String name, RuleKind kind, String when, Map<String, String> then, List<Limit> limits) {
    return new RuleContent(name, kind, when, then, 0, null, null, limits);
  }
}
