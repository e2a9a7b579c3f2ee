package app.heyblue.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.security.AuditVerifier;
import app.heyblue.security.House;
import app.heyblue.security.Together;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditChainIT {
  @TempDir Path home;
  private House house;
  private AuditChain chain;

  @BeforeEach
  void nineRecords() {
    house = House.over(home);
    chain = chain(house);
    for (int i = 1; i <= 9; i++) {
      record("thing.changed", "thing-" + i);
      if (i % 3 == 0) {
        chain.catchUp();
      }
    }
  }

  @Test
  void anUntouchedTrailIsSound() throws IOException {
    AuditChain.Proof proof = chain.proof();

    assertThat(proof.sound()).isTrue();
    assertThat(List.of(proof.records(), proof.chained(), proof.pending(), proof.position()))
        .containsExactly(9L, 9L, 0L, 9L);
    assertThat(check(Optional.empty()))
        .isEqualTo(new AuditCheck.Sound(9, proof.headHash(), proof.publicKey()));
    assertThat(check(Optional.of(head()))).isInstanceOf(AuditCheck.Sound.class);
  }

  @Test
  void allRecordsOfManyProcessesComeOntoTheChainOnceInAnOrder() throws Exception {
    List<Callable<Integer>> works = new ArrayList<>();
    for (int process = 0; process < 6; process++) {
      House another = house.another();
      AuditChain theirs = chain(another);
      works.add(
          () -> {
            for (int i = 0; i < 40; i++) {
              another.database.useTransaction(
                  tx -> another.audit.record(tx, "thing.changed", "x", Map.of()));
              if (i % 5 == 0) {
                theirs.catchUp();
              }
            }
            return 40;
          });
    }
    for (Future<Integer> work : Together.run(works)) {
      work.get();
    }
    assertThat(chain.proof().chained()).isEqualTo(249);
    assertThat(chain.proof().sound()).isTrue();
    assertThat(check(Optional.empty())).isInstanceOf(AuditCheck.Sound.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "outcome = 'x'",
        "details = '{\"a\": \"b\"}'",
        "subject = 'thing-6'",
        "subject = null",
        "actor = '01900000-0000-7000-8000-000000000000'",
        "at = at + interval '1 microsecond'",
        "address_sealed = '\\x00'",
        "request_id = '01900000-0000-7000-8000-000000000000'"
      })
  void aRecordThatWasAlteredIsNamed(String change) throws IOException {
    tamper("update security.audit set " + change + " where subject = 'thing-5'");
    assertThat(check(Optional.empty()))
        .isInstanceOfSatisfying(
            AuditCheck.Fault.class,
            fault -> {
              assertThat(fault.position()).isEqualTo(5);
              assertThat(fault.what()).contains("altered");
            });
  }

  @Test
  void aRecordThatWasRemovedIsNamed() throws IOException {
    tamper("delete from security.audit where subject = 'thing-4'");
    assertThat(check(Optional.empty()))
        .isEqualTo(new AuditCheck.Fault(4, "it was removed from the trail"));
    assertThat(chain.proof().sound()).isFalse();

    tamper("delete from security.audit_chain where position = 4");
    assertThat(check(Optional.empty()))
        .isInstanceOfSatisfying(
            AuditCheck.Fault.class,
            fault -> {
              assertThat(fault.position()).isEqualTo(4);
              assertThat(fault.what()).contains("the next one is 5");
            });
  }

  @Test
  void recordsInAnotherOrderAreNamed() throws IOException {
    tamper("alter table security.audit_chain drop constraint audit_chain_audit_id_key");
    tamper(
        """
        update security.audit_chain c set audit_id = o.audit_id
        from security.audit_chain o
        where c.position in (2, 8) and o.position = 10 - c.position
        """);
    assertThat(check(Optional.empty()))
        .isInstanceOfSatisfying(
            AuditCheck.Fault.class, fault -> assertThat(fault.position()).isEqualTo(2));
  }

  @Test
  void aChainThatWasRewrittenThroughoutIsNotWhatWasSigned() throws IOException {
    rewrite("update security.audit set outcome = 'x' where subject = 'thing-5'");
    assertThat(check(Optional.empty()))
        .isInstanceOfSatisfying(
            AuditCheck.Fault.class,
            fault -> {
              assertThat(fault.position()).isEqualTo(6);
              assertThat(fault.what()).contains("something after position 3");
            });
  }

  @Test
  void aRewrittenChainIsNeverSignedAnew() throws IOException {
    rewrite("update security.audit set outcome = 'x' where subject = 'thing-5'");
    tamper("delete from security.audit_head where position > 3");
    record("thing.changed", "thing-10");

    AuditChain restarted = chain(house.another());
    assertThatThrownBy(restarted::catchUp)
        .isInstanceOf(AuditChain.Altered.class)
        .hasMessageContaining("audit verify");
    assertThat(restarted.proof().sound()).isFalse();
    assertThat(check(Optional.empty()))
        .isInstanceOfSatisfying(
            AuditCheck.Fault.class,
            fault -> assertThat(fault.what()).contains("nothing is signed"));
  }

  @Test
  void whatWasCutOffIsSeenByTheRunningProcessAndByAHeadNotedEarlier() throws IOException {
    String noted = head();
    for (String table : List.of("audit_chain", "audit_head")) {
      tamper("delete from security." + table + " where position > 6");
    }
    tamper(
        "delete from security.audit a where not exists"
            + " (select from security.audit_chain c where c.audit_id = a.id)");

    assertThat(chain.proof().sound()).isFalse();
    assertThat(check(Optional.empty())).isInstanceOf(AuditCheck.Sound.class);
    assertThat(check(Optional.of(noted)))
        .isInstanceOfSatisfying(
            AuditCheck.Fault.class, fault -> assertThat(fault.what()).contains("cut off"));
  }

  @Test
  void aRecordThatWasSlippedInBesideTheChainIsCounted() {
    tamper(
        """
        insert into security.audit (id, at, actor_kind, action, outcome, details)
        values (gen_random_uuid(), now(), 'system', 'a.done', 'done', '{}')
        """);
    assertThat(chain.proof().sound()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"audit_chain", "audit_head"})
  void theChainIsOnlyEverAppendedTo(String table) {
    for (String sql : List.of("delete from ", "truncate ")) {
      assertThatThrownBy(
              () -> house.database.useTransaction(tx -> tx.execute(sql + "security." + table)))
          .hasMessageContaining("only ever appended to");
    }
  }

  @Test
  void theVerifierSaysItPlainly() throws IOException {
    assertThat(verify(export(), null)).startsWith("0 Sound: 9 records").contains("Head: " + head());
    assertThat(verify(export(), head())).startsWith("0 ").contains("nothing up to it has changed");
    assertThat(verify(export(), "9:" + "0".repeat(64))).startsWith("1 Not sound. Record 9");
    assertThat(verify(export(), "nine")).startsWith("2 ").contains("position:hash");
    assertThat(verify("", null)).startsWith("1 ");
    assertThat(verify(export().substring(0, 700), null)).startsWith("1 Not sound.");
    assertThat(verify(export().replace("thing-7", "thing-8"), null))
        .startsWith("1 Not sound. Record 7: it was altered");
  }

  private static String verify(String export, @org.jspecify.annotations.Nullable String head) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        AuditVerifier.run(
            new ByteArrayInputStream(export.getBytes(StandardCharsets.UTF_8)),
            Optional.ofNullable(head),
            new PrintStream(out, true, StandardCharsets.UTF_8));
    return status + " " + out.toString(StandardCharsets.UTF_8);
  }

  private AuditCheck.Result check(Optional<String> head) throws IOException {
    return AuditCheck.verify(
        new ByteArrayInputStream(export().getBytes(StandardCharsets.UTF_8)),
        head.map(AuditCheck.Known::parse));
  }

  private String export() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new AuditExport(house.database, chain).write(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private String head() {
    AuditChain.Proof proof = chain.proof();
    return proof.position() + ":" + proof.headHash();
  }

  private void record(String action, String subject) {
    house.database.useTransaction(tx -> house.audit.record(tx, action, subject, Map.of()));
  }

  /** As somebody does who owns the database, and knows how the chain is made. */
  private void rewrite(String sql) {
    tamper(sql);
    List<AuditTable.Row> rows =
        house.database.read(
            tx ->
                tx.createQuery(
                        "select "
                            + AuditTable.COLUMNS
                            + " from security.audit_chain c join security.audit a"
                            + " on a.id = c.audit_id order by c.position")
                    .map((row, context) -> AuditTable.read(row))
                    .list());
    String hash = AuditHash.GENESIS;
    for (AuditTable.Row row : rows) {
      hash = AuditHash.next(hash, row.content());
      tamper(
          "update security.audit_chain set hash = decode('"
              + hash
              + "', 'hex') where audit_id = '"
              + row.id()
              + "'");
    }
  }

  private void tamper(String sql) {
    house.database.useTransaction(
        tx -> {
          for (String table : List.of("audit", "audit_chain", "audit_head")) {
            tx.execute("alter table security." + table + " disable trigger user");
          }
          tx.execute(sql);
          for (String table : List.of("audit", "audit_chain", "audit_head")) {
            tx.execute(
                "alter table security."
                    + table
                    + " enable always trigger "
                    + table
                    + "_append_only");
          }
        });
  }

  private static AuditChain chain(House at) {
    return new AuditChain(at.database, at.keys, at.clock);
  }
}
