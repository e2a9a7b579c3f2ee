package app.heyblue.siege;

import app.heyblue.postgres.Database;
import java.util.ArrayList;
import java.util.List;

/** Looks into the database itself: what fits together there, whatever was done to it. */
record Books(Database database) {
  /**
   * A promise of the tables.
   *
   * @param count how much there is to check
   * @param violations finds what breaks it, one text a row
   */
  private record Law(String promise, String count, String violations) {}

  private static final String TRANSACTIONS = "select count(*) from scoring.transaction";

  private static final List<Law> LAWS =
      List.of(
          new Law(
              "entries of each transaction: two at least, adding up to zero",
              "select count(*) from scoring.entry",
              """
              select 'transaction ' || t.id || ' has ' || count(e) || ' entries of sum '
                     || coalesce(sum(e.points), 0)
              from scoring.transaction t left join scoring.entry e on e.transaction_id = t.id
              group by t.id having count(e) < 2 or sum(e.points) <> 0
              """),
          new Law(
              "balances equal the sums of their entries",
              "select count(*) from scoring.account",
              """
              select 'account ' || a.user_id || ' says ' || a.points || ', entries say '
                     || coalesce(sum(e.points), 0)
              from scoring.account a left join scoring.entry e on e.account = a.user_id
              group by a.user_id having a.points <> coalesce(sum(e.points), 0)
              """),
          new Law(
              "no balance is below zero, nor was after any entry",
              "select count(*) from scoring.entry where balance_after is not null",
              """
              select 'account ' || user_id || ' has ' || points || ', ' || held || ' of them held'
              from scoring.account where points < 0 or held < 0 or held > points
              union all
              select 'account ' || account || ' had ' || balance_after from scoring.entry
              where balance_after < 0
              """),
          new Law(
              "held points equal the holds that are placed",
              "select count(*) from scoring.hold",
              """
              select 'account ' || a.user_id || ' says ' || a.held || ', holds say '
                     || coalesce(sum(h.points), 0)
              from scoring.account a
              left join scoring.hold h on h.holder = a.user_id and h.status = 'placed'
              group by a.user_id having a.held <> coalesce(sum(h.points), 0)
              """),
          new Law(
              "no hold outlives its time",
              "select count(*) from scoring.hold where held_until < now() - interval '10 s'",
              """
              select 'hold ' || id || ' is still placed' from scoring.hold
              where status = 'placed' and held_until < now() - interval '10 s'
              """),
          new Law(
              "a hold that was collected has one exchange, another none",
              "select count(*) from scoring.hold where status = 'collected'",
              """
              select 'hold ' || h.id || ' is ' || h.status || ' with ' || count(e) || ' exchanges'
              from scoring.hold h
              left join messaging.event e on e.stream = 'transactions'
                and e.data ->> 'kind' = 'exchange' and e.data ->> 'holdId' = h.id::text
              group by h.id having count(e) <> case when h.status = 'collected' then 1 else 0 end
              """),
          new Law(
              "each transaction answers one key",
              TRANSACTIONS,
              """
              select 'transaction ' || t.id || ' answers ' || count(a) || ' keys'
              from scoring.transaction t
              left join scoring.idempotent_answer a on a.answer ->> 'id' = t.id::text
              group by t.id having count(a) <> 1
              """),
          new Law(
              "each answer has its transaction or hold",
              "select count(*) from scoring.idempotent_answer",
              """
              select 'the answer to ' || a.key || ' tells ' || (a.answer ->> 'id')
              from scoring.idempotent_answer a
              where not exists (
                  select from scoring.transaction t where t.id::text = a.answer ->> 'id')
                and not exists (select from scoring.hold h where h.id::text = a.answer ->> 'id')
              """),
          new Law(
              "each transaction has one event, each event its transaction",
              "select count(*) from messaging.event where stream = 'transactions'",
              """
              select 'transaction ' || coalesce(t.id::text, e.told) || ' has '
                     || coalesce(e.events, 0) || ' events'
              from scoring.transaction t
              full join (
                select data ->> 'transactionId' as told, count(*) as events
                from messaging.event where type = 'app.heyblue.transaction.recorded.v1'
                group by 1) e on e.told = t.id::text
              where t.id is null or e.events is distinct from 1
              """),
          new Law(
              "each transaction has one audit record",
              "select count(*) from security.audit",
              """
              select 'transaction ' || coalesce(t.id::text, a.subject) || ' has '
                     || coalesce(a.records, 0) || ' audit records'
              from scoring.transaction t
              full join (
                select subject, count(*) as records from security.audit
                where action = 'transaction.recorded' and outcome = 'done' group by 1) a
                on a.subject = t.id::text
              where t.id is null or a.records is distinct from 1
              """),
          new Law(
              "positions of the streams have no gap, and nothing waits for one",
              "select count(*) from messaging.event",
              """
              select s.name || ' is at ' || s.position || ' with ' || count(e) || ' events up to '
                     || coalesce(max(e.position), 0)
              from messaging.stream s left join messaging.event e on e.stream = s.name
              group by s.name
              having s.position <> count(e) or s.position <> coalesce(max(e.position), 0)
              union all
              select 'an event waits: ' || id from messaging.inbox
              """),
          new Law(
              "every consumer is at the end of its stream",
              "select count(*) from messaging.consumer",
              """
              select c.name || ' is at ' || c.position || ' of ' || s.position
              from messaging.consumer c join messaging.stream s on s.name = c.stream
              where c.position <> s.position
              """),
          new Law(
              "nothing is parked",
              "select count(*) from messaging.consumer",
              "select consumer || ' parks ' || position || ': ' || error from messaging.parked"),
          new Law(
              "the chain has each transaction once",
              "select count(*) from scoring.chain",
              """
              select 'transaction ' || t.id || ' is not on the chain' from scoring.transaction t
              where not exists (select from scoring.chain c where c.transaction_id = t.id)
              union all
              select 'the chain goes to ' || max(position) || ' with ' || count(*)
              from scoring.chain having max(position) <> count(*)
              """),
          new Law(
              "users know each meeting as the ledger does",
              "select count(*) from users.meeting",
              """
              select 'meeting ' || coalesce(t.id, m.transaction_id)
              from (
                select t.id, r.id as reversed from scoring.transaction t
                left join scoring.transaction r on r.reverses = t.id
                where t.kind = 'encounter') t
              full join users.meeting m on m.transaction_id = t.id
              where t.id is null or m.transaction_id is null
                or m.reversed_by is distinct from t.reversed
                or not exists (select from scoring.entry e
                  where e.transaction_id = t.id and e.account = m.civilian)
                or not exists (select from scoring.entry e
                  where e.transaction_id = t.id and e.account = m.officer)
              """),
          new Law(
              "users know each donation as the ledger does",
              "select count(*) from users.donation",
              """
              select 'donation ' || coalesce(t.id, d.transaction_id)
              from (
                select t.id, r.id as reversed, e.account, e.points from scoring.transaction t
                join scoring.entry e on e.transaction_id = t.id and e.points > 0
                left join scoring.transaction r on r.reverses = t.id
                where t.kind = 'donation') t
              full join users.donation d on d.transaction_id = t.id
              where t.id is null or d.transaction_id is null
                or d.reversed_by is distinct from t.reversed
                or d.recipient <> t.account or d.points <> t.points
              """),
          new Law(
              "rules remember each decision that moved points",
              "select count(*) from rules.history",
              """
              select 'position ' || coalesce(e.position, h.position)
              from (
                select position from messaging.event where stream = 'transactions'
                  and type = 'app.heyblue.transaction.recorded.v1'
                  and data ->> 'ruleId' is not null and data ->> 'kind' <> 'reversal') e
              full join rules.history h on h.position = e.position
              where e.position is null or h.position is null
              """),
          new Law(
              "no meeting is left pending, and each that is paid has its transaction",
              "select count(*) from encounters.encounter",
              """
              select 'encounter ' || e.id || ' is ' || e.status
              from encounters.encounter e
              left join scoring.transaction t on t.id = e.transaction_id
              where e.status = 'pending' or e.status = 'confirmed' and t.id is null
              union all
              select 'transaction ' || t.id || ' has no meeting'
              from scoring.transaction t
              where t.kind = 'encounter' and not exists (
                select from encounters.encounter e where e.transaction_id = t.id)
              """));

  List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    for (Law law : LAWS) {
      checks.add(
          database.read(
              tx ->
                  new Check(
                      law.promise(),
                      tx.createQuery(law.count()).mapTo(Long.class).one(),
                      tx.createQuery(law.violations()).mapTo(String.class).list())));
    }
    return checks;
  }

  /** Whether consumers, recovery and chores have nothing left to do. */
  boolean isQuiet() {
    return database.read(
        tx ->
            tx.createQuery(
                    """
                    select not exists (select from messaging.inbox)
                      and not exists (
                        select from messaging.consumer c
                        join messaging.stream s on s.name = c.stream
                        where c.position <> s.position)
                      and not exists (
                        select from encounters.encounter where status = 'pending')
                      and not exists (
                        select from scoring.hold where status = 'placed'
                          and held_until < now() + interval '4 s')
                      and not exists (
                        select from scoring.head h right join (
                          select coalesce(max(position), 0) as position from scoring.chain) c
                          on c.position = h.position where h.position is null)
                    """)
                .mapTo(Boolean.class)
                .one());
  }
}
