package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Stream;
import app.heyblue.scoring.ledger.Giving.Gift;
import app.heyblue.scoring.ledger.Giving.GiftKind;
import app.heyblue.scoring.postgres.ChainTable;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChainIT {
  private final World world = new World();
  private final UserId civilian = world.joinWith(PartyKind.CIVILIAN, 100);
  private final UserId officer = world.join(PartyKind.OFFICER);
  private final UserId charity = world.join(PartyKind.CHARITY);

  @Test
  void exportsWhatVerifies(@TempDir Path folder) throws IOException {
    world.signer.signNewest();
    world.meet(civilian, officer);
    world.seal();
    world.giving.give(
        civilian, world.key(), new Gift(GiftKind.DONATION, charity, 7, "For the children\nof DC"));
    world.reversals.reverse(world.admin, world.key(), world.donate(civilian, charity, 3).id());
    world.seal();
    Path file = Files.write(folder.resolve("ledger.ndjson"), world.exported());
    ChainTable.End end = world.database.read(ChainTable::end);

    assertThat(run(file, Optional.of(end.position() + ":" + end.hash())))
        .startsWith("0 Sound: 5 transactions and 3 signed heads");
    assertThat(run(file, Optional.of("2:" + "0".repeat(64)))).startsWith("1 Not sound. Line");
    assertThat(run(file, Optional.of("nonsense"))).startsWith("2 A head is written");
  }

  @Test
  void exportsAnEmptyLedger() throws IOException {
    World empty = new World();
    empty.signer.signNewest();

    ExportCheck.Result result =
        ExportCheck.verify(
            new ByteArrayInputStream(empty.exported()),
            Optional.empty(),
            Optional.of(empty.signer.publicKey()),
            bytes -> {});

    assertThat(result).isInstanceOf(ExportCheck.Sound.class);
  }

  @Test
  void exportsNobodyWhoCouldBeFollowed() throws IOException {
    for (int i = 0; i < 20; i++) {
      world.donate(civilian, charity, 1);
    }
    world.seal();

    String export = new String(world.exported(), StandardCharsets.UTF_8);

    for (UserId party : Set.of(civilian, officer, charity)) {
      assertThat(export).doesNotContain(party.toString());
      assertThat(export).doesNotContain(party.toString().replace("-", ""));
    }
    Set<String> commitments = new HashSet<>();
    Matcher matcher = Pattern.compile("\"account\":\"([0-9a-f]{64})\"").matcher(export);
    while (matcher.find()) {
      assertThat(commitments.add(matcher.group(1))).isTrue();
    }
    assertThat(commitments).hasSize(41);
  }

  @Test
  void findsWhatWasChangedInTheTablesBehindItsBack() throws IOException {
    world.donate(civilian, charity, 9);
    world.seal();
    world.database.useTransaction(
        tx -> {
          tx.execute("alter table scoring.entry disable trigger user");
          tx.execute("update scoring.entry set points = sign(points) * 8 where abs(points) = 9");
          tx.execute("alter table scoring.entry enable trigger user");
        });

    ExportCheck.Result result =
        ExportCheck.verify(
            new ByteArrayInputStream(world.exported()),
            Optional.empty(),
            Optional.empty(),
            bytes -> {});

    assertThat(result)
        .isInstanceOfSatisfying(
            ExportCheck.Fault.class, fault -> assertThat(fault.what()).contains("content"));
  }

  @Test
  void changesNothingWhenItsConsumersHearEverythingAgain() {
    world.meet(civilian, officer);
    world.donate(civilian, charity, 5);
    world.seal();
    Map<String, String> before = world.digests();
    int audited = world.audited.size();

    world.replay(world.accounts);
    world.replay(world.chain);
    world.signer.signNewest();

    assertThat(world.digests()).isEqualTo(before);
    assertThat(world.audited).hasSize(audited);
  }

  @Test
  void chainsInTheOrderOfTheStreamWithoutGaps() {
    for (int i = 0; i < 5; i++) {
      world.donate(civilian, charity, 1);
    }
    world.seal();

    int transactions = world.log.events(Stream.TRANSACTIONS).size();
    assertThat(
            world.count(
                "select count(*) from scoring.chain c where position between 1 and "
                    + transactions))
        .isEqualTo(transactions);
    assertThat(world.database.read(ChainTable::recount)).isEqualTo(new ChainTable.Books(6, 3, 0));
  }

  private static String run(Path file, Optional<String> head) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status = LedgerVerifier.run(file, head, new PrintStream(out, true, StandardCharsets.UTF_8));
    return status + " " + out.toString(StandardCharsets.UTF_8);
  }
}
