package app.heyblue.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTrailIT {
  @TempDir Path home;
  private House house;

  @BeforeEach
  void open() {
    house = House.over(home);
  }

  @Test
  void recordsWhoDidWhatFromWhere() {
    Caller ada = house.caller(PartyKind.CIVILIAN);
    house.personKeys.createKey(ada.userId());
    house.request.from(ada, "203.0.113.77");
    record("rule.activated", "rule-7", Map.of("version", "2"));

    AuditEntry entry = only();
    assertThat(entry.actor()).isEqualTo(ada.userId().value());
    assertThat(entry.actorKind()).isEqualTo("civilian");
    assertThat(entry.address()).isEqualTo("203.0.113.77");
    assertThat(entry.action()).isEqualTo("rule.activated");
    assertThat(entry.subject()).isEqualTo("rule-7");
    assertThat(entry.outcome()).isEqualTo("done");
    assertThat(entry.details()).containsExactly(Map.entry("version", "2"));
    assertThat(entry.at()).isEqualTo(house.now.get());
    assertThat(entry.requestId()).isEqualTo(new UUID(7, 7));
    assertThat(house.request.recorded).isTrue();
  }

  @Test
  void neverKeepsTheAddressOfAnOfficerOrOfSomebodyUnknown() {
    Caller officer = house.caller(PartyKind.OFFICER);
    house.personKeys.createKey(officer.userId());
    house.request.from(officer, "203.0.113.77");
    record("sharing.preferred", "a", Map.of());
    house.request.from(null, "203.0.113.77");
    record("application.made", "b", Map.of());

    assertThat(all(null, null)).extracting(AuditEntry::address).containsOnlyNulls();
    assertThat(all(null, null))
        .extracting(AuditEntry::actorKind)
        .containsExactly("anonymous", "officer");
    assertThat(
            house.database.<Integer, RuntimeException>read(
                tx ->
                    tx.createQuery(
                            "select count(*) from security.audit where address_sealed is not null")
                        .mapTo(Integer.class)
                        .one()))
        .isZero();
  }

  @Test
  void theAddressGoesWithThePersonThoughTheRecordStays() {
    Caller ada = house.caller(PartyKind.CIVILIAN);
    house.personKeys.createKey(ada.userId());
    house.request.from(ada, "203.0.113.77");
    record("a.done", "a", Map.of());
    house.database.useTransaction(tx -> house.personKeys.destroyKey(tx, ada.userId()));

    assertThat(only().address()).isNull();
    assertThat(only().action()).isEqualTo("a.done");
  }

  @Test
  void workWithoutARequestIsTheSystems() {
    record("a.done", "a", Map.of());
    assertThat(only().actor()).isNull();
    assertThat(only().actorKind()).isEqualTo("system");
    assertThat(only().requestId()).isNull();
  }

  @Test
  void aRecordStandsOrFallsWithItsTransaction() {
    assertThatThrownBy(
            () ->
                house.database.useTransaction(
                    tx -> {
                      house.audit.record(tx, "a.done", "a", Map.of());
                      throw new IllegalStateException("undone");
                    }))
        .hasMessage("undone");
    assertThat(all(null, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update security.audit set outcome = 'x'",
        "update security.audit set outcome = 'x' where false",
        "delete from security.audit",
        "truncate security.audit"
      })
  void isOnlyEverAppendedTo(String sql) {
    record("a.done", "a", Map.of());
    assertThatThrownBy(() -> house.database.useTransaction(tx -> tx.execute(sql)))
        .hasMessageContaining("only ever appended to");
    assertThat(only().outcome()).isEqualTo("done");
  }

  @Test
  void isReadNewestFirstByActorBySubjectAndByPages() {
    Caller ada = house.caller(PartyKind.ADMIN);
    Caller ben = house.caller(PartyKind.ADMIN);
    for (int i = 0; i < 5; i++) {
      house.request.from(i % 2 == 0 ? ada : ben, null);
      record("a." + i, "subject-" + i % 3, Map.of());
      house.pass(Duration.ofMillis(1));
    }

    assertThat(all(null, null))
        .extracting(AuditEntry::action)
        .containsExactly("a.4", "a.3", "a.2", "a.1", "a.0");
    assertThat(all(ben.userId().value(), null))
        .extracting(AuditEntry::action)
        .containsExactly("a.3", "a.1");
    assertThat(all(null, "subject-0")).extracting(AuditEntry::action).containsExactly("a.3", "a.0");
    assertThat(all(ada.userId().value(), "subject-1"))
        .extracting(AuditEntry::action)
        .containsExactly("a.4");
  }

  @Test
  void refusedRequestsLeaveARecordTooAndAFloodOfOneActorIsCounted() throws Exception {
    RefusalLog refusals = new RefusalLog(house.database, house.audit);
    refusals.start(new StartupEvent());
    Caller ada = house.caller(PartyKind.CIVILIAN);
    for (int i = 0; i < 1200; i++) {
      refusals.add(house.request.from(ada, null), "POST /api/v1/rules", null, 403, Map.of());
    }
    refusals.flush(Duration.ofSeconds(30));

    List<AuditEntry> entries = all(ada.userId().value(), null);
    assertThat(entries).allMatch(entry -> entry.outcome().equals("403"));
    assertThat(entries.stream().filter(entry -> entry.details().isEmpty()))
        .hasSize(RefusalTally.IN_FULL);
    assertThat(
            entries.stream()
                .filter(entry -> !entry.details().isEmpty())
                .mapToInt(entry -> Integer.parseInt(entry.details().getOrDefault("count", "0")))
                .sum())
        .isEqualTo(1200 - RefusalTally.IN_FULL);
    refusals.stop(new ShutdownEvent());
  }

  @Test
  void aFloodOfRequestsWithoutATokenIsOneRecordForEachKindOfRefusal() throws Exception {
    RefusalLog refusals = new RefusalLog(house.database, house.audit);
    refusals.start(new StartupEvent());
    for (int i = 0; i < 3000; i++) {
      refusals.add(
          house.request.from(null, "203.0.113." + i % 200),
          "POST /api/v1/rules",
          "subject-" + i,
          i % 3 == 0 ? 400 : 401,
          Map.of());
    }
    refusals.stop(new ShutdownEvent());

    List<AuditEntry> entries = all(null, null);
    assertThat(entries)
        .extracting(entry -> entry.outcome() + " " + entry.details().get("count"))
        .containsExactlyInAnyOrder("400 1000", "401 2000");
    assertThat(entries).allMatch(entry -> entry.subject() == null && entry.address() == null);
  }

  @Test
  void isFoundByActionOutcomeAndTime() {
    Instant start = house.now.get();
    for (int hour = 0; hour < 6; hour++) {
      record(hour % 2 == 0 ? "a.even" : "a.odd", "s", Map.of("hour", "" + hour));
      house.pass(Duration.ofHours(1));
    }

    assertThat(hours(Optional.of("a.odd"), Optional.empty(), Optional.empty()))
        .containsExactly("5", "3", "1");
    assertThat(
            hours(
                Optional.empty(),
                Optional.of(start.plus(Duration.ofHours(2))),
                Optional.of(start.plus(Duration.ofHours(4)))))
        .containsExactly("3", "2");
    assertThat(hours(Optional.of("a.even"), Optional.of(start.plusSeconds(1)), Optional.empty()))
        .containsExactly("4", "2");
  }

  private List<String> hours(
      Optional<String> action, Optional<Instant> from, Optional<Instant> to) {
    return house
        .audit
        .find(
            new AuditQuery(
                Optional.empty(), Optional.of("s"), action, Optional.of("done"), from, to),
            new PageRequest(50, null))
        .items()
        .stream()
        .map(entry -> String.valueOf(entry.details().get("hour")))
        .toList();
  }

  private void record(String action, String subject, Map<String, String> details) {
    house.database.useTransaction(tx -> house.audit.record(tx, action, subject, details));
  }

  private AuditEntry only() {
    List<AuditEntry> entries = all(null, null);
    assertThat(entries).hasSize(1);
    return entries.getFirst();
  }

  private List<AuditEntry> all(@Nullable UUID actor, @Nullable String subject) {
    List<AuditEntry> entries = new ArrayList<>();
    String next = null;
    do {
      Page<AuditEntry> page =
          house.audit.find(
              Optional.ofNullable(actor),
              Optional.ofNullable(subject),
              new PageRequest(entries.size() > 4 ? 200 : 2, next));
      entries.addAll(page.items());
      next = page.next();
    } while (next != null);
    return entries;
  }
}
