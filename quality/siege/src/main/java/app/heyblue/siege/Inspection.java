package app.heyblue.siege;

import app.heyblue.postgres.Database;
import app.heyblue.postgres.DatabaseUrl;
import app.heyblue.scoring.LedgerVerifier;
import app.heyblue.security.AuditVerifier;
import app.heyblue.testing.town.Townspeople;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** Counts everything, when the siege is over and all clients have gone. */
final class Inspection {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Crowd crowd;
  private final String earlyLedgerHead;
  private final String earlyAuditHead;

  private Inspection(Crowd crowd, String earlyLedgerHead, String earlyAuditHead) {
    this.crowd = crowd;
    this.earlyLedgerHead = earlyLedgerHead;
    this.earlyAuditHead = earlyAuditHead;
  }

  /** Notes the published heads before anything is done, to check later chains by. */
  static Inspection prepare(Crowd crowd) {
    JsonNode ledger =
        crowd.api().get(Townspeople.PATH + "/ledger/proof", crowd.admin().token()).orFail();
    JsonNode audit =
        crowd.api().get(Townspeople.PATH + "/audit/proof", crowd.admin().token()).orFail();
    return new Inspection(crowd, head(ledger), head(audit));
  }

  private static String head(JsonNode proof) {
    return proof.path("position").asText() + ":" + proof.path("headHash").asText();
  }

  /** Prints each promise as it's checked, and returns whether all were kept. */
  boolean passes(Scroll scroll) throws IOException {
    Database database = database();
    Books books = new Books(database);
    awaitQuiet(books);
    List<Check> checks = new ArrayList<>();
    checks.addAll(new Memories(database, crowd.api(), crowd.journal()).checks());
    awaitQuiet(books);
    checks.addAll(books.checks());
    String admin = token();
    checks.add(balances(database));
    checks.add(ledger(admin));
    checks.add(audit(admin));
    checks.forEach(check -> scroll.say("%s", check));
    return checks.stream().allMatch(Check::isKept);
  }

  private static void awaitQuiet(Books books) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!books.isQuiet() && System.nanoTime() < deadline) {
      Stroke.pause(LOOK);
    }
  }

  private String token() {
    crowd.admin().renew(crowd.admin().token());
    return crowd.admin().token();
  }

  private Check balances(Database database) {
    List<String> broken = new ArrayList<>();
    for (Actor person : crowd.people()) {
      long told =
          crowd
              .api()
              .get(Townspeople.PATH + "/balances/" + person.id(), crowd.admin().token())
              .orFail()
              .path("points")
              .asLong(-1);
      long counted =
          database.read(
              tx ->
                  tx.createQuery(
                          "select coalesce(sum(points), 0) from scoring.entry where account = :id::uuid")
                      .bind("id", person.id())
                      .mapTo(Long.class)
                      .one());
      if (told != counted) {
        broken.add(person.id() + " is told " + told + ", entries say " + counted);
      }
    }
    return new Check("people are told what their entries say", crowd.people().size(), broken);
  }

  private Check ledger(String admin) throws IOException {
    JsonNode proof = crowd.api().get(Townspeople.PATH + "/ledger/proof", admin).orFail();
    List<String> broken = new ArrayList<>();
    if (proof.path("sum").asLong(-1) != 0
        || proof.path("position").asLong() != proof.path("transactions").asLong()) {
      broken.add("the proof says " + proof);
    }
    Path export = crowd.server().home().resolve("ledger.ndjson");
    crowd.api().download(Townspeople.PATH + "/ledger/export", admin, export);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        LedgerVerifier.run(
            export,
            Optional.of(earlyLedgerHead),
            new PrintStream(said, true, StandardCharsets.UTF_8));
    if (status != 0) {
      broken.add(said.toString(StandardCharsets.UTF_8).strip());
    }
    Files.delete(export);
    return new Check(
        "the exported ledger verifies, with its head from before the siege",
        proof.path("transactions").asLong(),
        broken);
  }

  private Check audit(String admin) throws IOException {
    List<String> broken = new ArrayList<>();
    Path export = crowd.server().home().resolve("audit.ndjson");
    crowd.api().download(Townspeople.PATH + "/audit/export", admin, export);
    JsonNode proof = crowd.api().get(Townspeople.PATH + "/audit/proof", admin).orFail();
    if (!proof.path("sound").asBoolean()) {
      broken.add("the proof says " + proof);
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (InputStream in = Files.newInputStream(export)) {
      int status =
          AuditVerifier.run(
              in, Optional.of(earlyAuditHead), new PrintStream(said, true, StandardCharsets.UTF_8));
      if (status != 0) {
        broken.add(said.toString(StandardCharsets.UTF_8).strip());
      }
    }
    Files.delete(export);
    return new Check(
        "the exported audit trail verifies, with its head from before",
        proof.path("records").asLong(),
        broken);
  }

  private Database database() {
    DatabaseUrl url = crowd.server().database();
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url.jdbcUrl());
    source.setUser(url.user());
    source.setPassword(url.password());
    return new Database(source);
  }
}
