package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import app.heyblue.kernel.UserId;
import app.heyblue.messaging.Event;
import app.heyblue.messaging.Stream;
import app.heyblue.postgres.Database;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.ledger.Giving.Gift;
import app.heyblue.scoring.ledger.Giving.GiftKind;
import app.heyblue.scoring.ledger.Ledger;
import app.heyblue.scoring.postgres.TransactionReads;
import app.heyblue.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

class LedgerIT {
  private static final Database DATABASE = TestDatabase.create("scoring");

  private final World world = new World(DATABASE);

  @Test
  void paysBothSidesOfAnEncounterByTheRules() {
    UserId civilian = world.join(PartyKind.CIVILIAN);
    UserId officer = world.join(PartyKind.OFFICER);
    long issued = world.points(Scoring.ISSUANCE);

    Receipt receipt = world.meet(civilian, officer);

    assertThat(receipt.entries())
        .containsExactly(
            new Receipt.Entry(Scoring.ISSUANCE, -20),
            new Receipt.Entry(civilian, 10),
            new Receipt.Entry(officer, 10));
    assertThat(receipt.ruleId()).isEqualTo(FakeRules.RULE.ruleId());
    assertThat(world.points(civilian)).isEqualTo(10);
    assertThat(world.points(officer)).isEqualTo(10);
    assertThat(world.points(Scoring.ISSUANCE)).isEqualTo(issued - 20);
  }

  @Test
  void postsNothingInsideATransactionSinceOthersWouldBeAnsweredBeforeItsCommit() {
    UserId civilian = world.joinWith(PartyKind.CIVILIAN, 10);
    UserId charity = world.join(PartyKind.CHARITY);

    assertThatThrownBy(
            () -> world.database.useTransaction(tx -> world.donate(civilian, charity, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("commits by itself");

    assertThat(world.points(civilian)).isEqualTo(10);
    world.donate(civilian, charity, 1);
    assertThat(world.points(charity)).isEqualTo(1);
  }

  @Test
  void tellsAnEncounterOnTheStreamWithItsFactsAndBalances() {
    UserId civilian = world.join(PartyKind.CIVILIAN);
    UserId officer = world.join(PartyKind.OFFICER);

    Receipt receipt = world.meet(civilian, officer);

    Event event = world.log.events(Stream.TRANSACTIONS).getLast();
    JsonNode data = event.data();
    assertThat(event.key()).isEqualTo(civilian.toString());
    assertThat(data.path("transactionId").asText()).isEqualTo(receipt.id().toString());
    assertThat(data.path("civilian").asText()).isEqualTo(civilian.toString());
    assertThat(data.path("officer").asText()).isEqualTo(officer.toString());
    assertThat(data.path("areaZip").asText()).isEqualTo("10001");
    assertThat(data.path("facts").path("officerTimeZone").asText()).isEqualTo("America/New_York");
    assertThat(data.path("entries").get(0).path("balance").isNull()).isTrue();
    assertThat(data.path("entries").get(1).path("balance").asLong()).isEqualTo(10);
    assertThat(world.audited).contains("transaction.recorded");
  }

  @Test
  void answersTheSameReceiptToTheSameKeyEvenWhenTheRulesHaveChanged() {
    UserId civilian = world.join(PartyKind.CIVILIAN);
    UserId officer = world.join(PartyKind.OFFICER);
    IdempotencyKey key = new IdempotencyKey("encounter:1");
    MeetingProof meeting = new MeetingProof(civilian, officer, "qr", "unknown", World.NOON);
    Receipt first = world.scoring.recordEncounter(key, meeting);

    world.rules.close();

    assertThat(world.scoring.recordEncounter(key, meeting)).isEqualTo(first);
    assertThat(world.points(civilian)).isEqualTo(10);
  }

  @Test
  void refusesAnotherBodyUnderTheSameKey() {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    IdempotencyKey key = world.key();
    world.giving.give(giver, key, new Gift(GiftKind.DONATION, charity, 10, null));

    assertRefused(
        CommonProblems.IDEMPOTENCY_KEY_REUSED,
        () -> world.giving.give(giver, key, new Gift(GiftKind.DONATION, charity, 11, null)));
    assertThat(world.points(giver)).isEqualTo(90);
  }

  @Test
  void saysThatAnAnswerIsTheFirstOneAgain() {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    IdempotencyKey key = world.key();
    Gift gift = new Gift(GiftKind.DONATION, charity, 10, "With thanks");

    Ledger.Once<StoredTransaction> first = world.giving.give(giver, key, gift);
    Ledger.Once<StoredTransaction> second = world.giving.give(giver, key, gift);

    assertThat(first.replayed()).isFalse();
    assertThat(second.replayed()).isTrue();
    assertThat(second.answer()).isEqualTo(first.answer());
    assertThat(world.giving.message(second.answer())).contains("With thanks");
  }

  @Test
  void keepsTwoPeoplesEqualKeysApart() {
    UserId one = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId other = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    IdempotencyKey key = world.key();

    world.giving.give(one, key, new Gift(GiftKind.DONATION, charity, 10, null));
    world.giving.give(other, key, new Gift(GiftKind.DONATION, charity, 20, null));

    assertThat(world.points(charity)).isEqualTo(30);
  }

  @Test
  void refusesMoreThanIsAvailableAndMovesNothing() {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    Map<String, String> before = world.digests();
    int events = world.log.events(Stream.TRANSACTIONS).size();

    ProblemException refusal =
        assertRefused(InsufficientPoints.TYPE, () -> world.donate(giver, charity, 101));

    assertThat(refusal.extensions()).containsEntry("available", 100L);
    assertThat(world.digests()).isEqualTo(before);
    assertThat(world.log.events(Stream.TRANSACTIONS)).hasSize(events);
  }

  @Test
  void refusesWhatTheRulesForbidAndMovesNothing() {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 20_000);
    UserId charity = world.join(PartyKind.CHARITY);
    Map<String, String> before = world.digests();

    assertRefused(RuleForbids.TYPE, () -> world.donate(giver, charity, 10_001));

    assertThat(world.digests()).isEqualTo(before);
  }

  @Test
  void givesOnlyBetweenTheKindsThatMay() {
    UserId civilian = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId officer = world.joinWith(PartyKind.OFFICER, 100);
    UserId other = world.join(PartyKind.OFFICER);
    UserId family = world.join(PartyKind.FAMILY);

    world.give(GiftKind.DONATION, civilian, family, 1);
    world.give(GiftKind.GIVEAWAY, officer, other, 1);

    ProblemType refused = ScoringProblems.WRONG_PARTIES;
    assertRefused(refused, () -> world.give(GiftKind.DONATION, civilian, officer, 1));
    assertRefused(refused, () -> world.give(GiftKind.DONATION, family, civilian, 1));
    assertRefused(refused, () -> world.give(GiftKind.GIVEAWAY, civilian, officer, 1));
    assertRefused(refused, () -> world.give(GiftKind.GIVEAWAY, officer, officer, 1));
    assertRefused(refused, () -> world.meet(/* civilian= */ officer, /* officer= */ civilian));
    assertRefused(ScoringProblems.UNKNOWN_RECIPIENT, () -> world.donate(civilian, world.admin, 1));
    assertRefused(
        ScoringProblems.ACCOUNT_NOT_ACTIVE, () -> world.meet(new UserId(world.ids.next()), other));
  }

  @Test
  void movesNothingToOrFromAnAccountThatHasLeft() {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    world.database.useTransaction(
        tx ->
            tx.createUpdate("update scoring.account set status = 'left' where user_id = :u")
                .bind("u", charity.value())
                .execute());

    assertRefused(ScoringProblems.ACCOUNT_NOT_ACTIVE, () -> world.donate(giver, charity, 1));
  }

  @Test
  void reversesByTheExactOppositeOnce() {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    StoredTransaction gift = world.donate(giver, charity, 40);
    IdempotencyKey key = world.key();

    StoredTransaction reversal = world.reversals.reverse(world.admin, key, gift.id()).answer();

    assertThat(reversal.receipt().entries())
        .containsExactly(new Receipt.Entry(giver, 40), new Receipt.Entry(charity, -40));
    assertThat(reversal.reverses()).isEqualTo(gift.id());
    assertThat(world.points(giver)).isEqualTo(100);
    assertThat(world.reversals.reverse(world.admin, key, gift.id()).replayed()).isTrue();
    assertRefused(
        ScoringProblems.ALREADY_REVERSED,
        () -> world.reversals.reverse(world.admin, world.key(), gift.id()));
    assertRefused(
        ScoringProblems.NOT_REVERSIBLE,
        () -> world.reversals.reverse(world.admin, world.key(), reversal.id()));
    assertRefused(
        CommonProblems.NOT_FOUND,
        () -> world.reversals.reverse(world.admin, world.key(), world.ids.next()));
  }

  @Test
  void tellsAReversalUnderTheKeyOfItsOriginal() {
    UserId civilian = world.join(PartyKind.CIVILIAN);
    Receipt meeting = world.meet(civilian, world.join(PartyKind.OFFICER));

    world.reversals.reverse(world.admin, world.key(), meeting.id());

    Event event = world.log.events(Stream.TRANSACTIONS).getLast();
    assertThat(event.key()).isEqualTo(civilian.toString());
    assertThat(event.data().path("reverses").asText()).isEqualTo(meeting.id().toString());
  }

  @Test
  void refusesAReversalThatAnAccountCantCover() {
    UserId civilian = world.join(PartyKind.CIVILIAN);
    Receipt meeting = world.meet(civilian, world.join(PartyKind.OFFICER));
    world.donate(civilian, world.join(PartyKind.CHARITY), 6);

    assertRefused(
        InsufficientPoints.TYPE,
        () -> world.reversals.reverse(world.admin, world.key(), meeting.id()));
    assertThat(world.points(civilian)).isEqualTo(4);
  }

  @Test
  void readsAStatementPageByPageNewestFirst() {
    UserId giver = world.joinWith(PartyKind.CIVILIAN, 100);
    UserId charity = world.join(PartyKind.CHARITY);
    for (int points = 1; points <= 5; points++) {
      world.donate(giver, charity, points);
    }

    var first = world.database.read(tx -> TransactionReads.statement(tx, giver, Long.MAX_VALUE, 3));
    var rest =
        world.database.read(
            tx -> TransactionReads.statement(tx, giver, first.getLast().place(), 10));

    assertThat(first).extracting(l -> l.points()).containsExactly(-5L, -4L, -3L);
    assertThat(first).extracting(l -> l.balance()).containsExactly(85L, 90L, 94L);
    assertThat(first).extracting(l -> l.counterparty()).containsOnly(charity);
    assertThat(rest).extracting(l -> l.points()).containsExactly(-2L, -1L, 100L);
    assertThat(rest.getLast().counterparty()).isNull();
  }

  @Test
  void listsTheTransactionsOfAPartyByKind() {
    UserId civilian = world.join(PartyKind.CIVILIAN);
    UserId officer = world.join(PartyKind.OFFICER);
    Receipt meeting = world.meet(civilian, officer);
    StoredTransaction gift = world.donate(civilian, world.join(PartyKind.FAMILY), 3);

    var all =
        world.database.read(tx -> TransactionReads.ofParty(tx, civilian, null, Long.MAX_VALUE, 10));
    var encounters =
        world.database.read(
            tx ->
                TransactionReads.ofParty(
                    tx, civilian, TransactionKind.ENCOUNTER, Long.MAX_VALUE, 10));

    assertThat(all).extracting(l -> l.transaction().id()).containsExactly(gift.id(), meeting.id());
    assertThat(encounters).extracting(l -> l.transaction().id()).containsExactly(meeting.id());
    assertThat(all.getFirst().transaction()).isEqualTo(gift);
  }

  @Test
  void refusesToChangeWhatIsWritten() {
    world.joinWith(PartyKind.CIVILIAN, 100);
    world.seal();
    for (String table : new String[] {"transaction", "entry", "chain", "head"}) {
      String column = table.equals("transaction") ? "kind" : "position";
      String set = table.equals("entry") ? "points = points" : column + " = " + column;
      assertSqlRefused("update scoring." + table + " set " + set);
      assertSqlRefused("delete from scoring." + table);
      assertSqlRefused("truncate scoring." + table + " cascade");
    }
  }

  @Test
  void refusesEntriesThatDontBalance() {
    Receipt meeting = world.meet(world.join(PartyKind.CIVILIAN), world.join(PartyKind.OFFICER));

    assertSqlRefused(
        "insert into scoring.entry (transaction_id, ordinal, account, points) values ('"
            + meeting.id()
            + "', 4, '"
            + Scoring.ISSUANCE
            + "', 1)");
    assertSqlRefused("update scoring.account set points = -1");
    assertSqlRefused("update scoring.account set held = points + 1");
  }

  private void assertSqlRefused(String sql) {
    assertThatThrownBy(() -> world.database.useTransaction(tx -> tx.execute(sql)))
        .as(sql)
        .isInstanceOf(JdbiException.class)
        .hasMessageContainingAll("ERROR");
  }

  private static ProblemException assertRefused(ProblemType type, ThrowingCallable action) {
    ProblemException refusal = catchThrowableOfType(ProblemException.class, action);
    assertThat(refusal).isNotNull();
    assertThat(refusal.type()).isEqualTo(type);
    return refusal;
  }
}
