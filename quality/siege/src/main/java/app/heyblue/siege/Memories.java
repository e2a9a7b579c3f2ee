package app.heyblue.siege;

import app.heyblue.postgres.Database;
import app.heyblue.scoring.Scoring;
import app.heyblue.siege.Deed.State;
import app.heyblue.testing.town.Answer;
import app.heyblue.testing.town.Api;
import app.heyblue.testing.town.NoAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Holds what the clients remember against what the server knows. */
record Memories(Database database, Api api, Journal journal) {
  private static final int AT_ONCE = 16;
  private static final int TRIES = 40;
  private static final Duration PAUSE = Duration.ofMillis(250);

  List<Check> checks() {
    Map<String, String> kept = kept();
    List<Check> checks = new ArrayList<>();
    List<Deed> acknowledged = new ArrayList<>();
    List<Deed> refused = new ArrayList<>();
    List<Deed> unknown = new ArrayList<>();
    List<Deed> unanswered = new ArrayList<>();
    for (Deed deed : journal.deeds()) {
      switch (deed.state()) {
        case State.Acknowledged done -> acknowledged.add(deed);
        case State.Refused no -> refused.add(deed);
        case State.GivenUp unclear -> unknown.add(deed);
        case State.Open open -> unanswered.add(deed);
      }
    }
    checks.add(
        check(
            "what was acknowledged is there, as it was acknowledged",
            acknowledged,
            (deed, broken) -> {
              String id = kept.get(name(deed));
              if (!acknowledgedId(deed).equals(id)) {
                broken.add(deed.kind() + " " + acknowledgedId(deed) + " is kept as " + id);
              }
            }));
    checks.add(twice(acknowledged));
    checks.add(
        check(
            "what was refused isn't there",
            refused,
            (deed, broken) -> {
              if (kept.containsKey(name(deed))) {
                broken.add(deed.kind() + " was done under " + deed.key());
              }
            }));
    long done = unknown.stream().filter(deed -> kept.containsKey(name(deed))).count();
    checks.add(
        new Check(
            "what nobody knows is there whole or not at all (%,d are)".formatted(done),
            unknown.size(),
            List.of())); // that nothing is there by halves is what the books' laws say
    checks.add(
        new Check(
            "whoever went on asking was answered in the end",
            journal.deeds().size(),
            unanswered.stream().map(deed -> deed.kind() + " under " + deed.key()).toList()));
    checks.add(replays(acknowledged));
    checks.add(
        new Check(
            "nothing was answered but what it should be",
            journal.deeds().size(),
            journal.complaints()));
    return checks;
  }

  private static Check twice(List<Deed> acknowledged) {
    Map<String, Deed> byId = new HashMap<>();
    return check(
        "no two acknowledgements are one deed",
        acknowledged,
        (deed, broken) -> {
          boolean ending = deed.kind() == Deed.Kind.RELEASE; // has the hold's id
          if (!ending && byId.put(acknowledgedId(deed), deed) != null) {
            broken.add(acknowledgedId(deed) + " was acknowledged to two keys");
          }
        });
  }

  /** Every acknowledged deed is asked for once more: the answer has to be the same. */
  private Check replays(List<Deed> acknowledged) {
    Queue<String> broken = new ConcurrentLinkedQueue<>();
    Semaphore slots = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Deed deed : acknowledged) {
        slots.acquireUninterruptibly();
        threads.execute(
            () -> {
              try {
                Answer answer = again(deed);
                if (answer == null
                    || !answer.isSuccess()
                    || !Sender.idOf(deed.kind(), answer).equals(acknowledgedId(deed))) {
                  broken.add(deed.kind() + " " + acknowledgedId(deed) + " is now " + answer);
                }
              } finally {
                slots.release();
              }
            });
      }
    }
    return new Check(
        "the same key is answered the same once more", acknowledged.size(), List.copyOf(broken));
  }

  private @Nullable Answer again(Deed deed) {
    Sender sender = new Sender(api, new Journal(), new Random(0));
    Answer answer = null;
    for (int tries = 0; tries < TRIES && (answer == null || passes(answer)); tries++) {
      String token = deed.actor().token();
      try {
        answer = sender.ask(deed);
        if (answer.status() == 401) {
          deed.actor().renew(token);
        }
      } catch (NoAnswer | IllegalStateException notNow) {
        Stroke.pause(PAUSE);
      }
    }
    return answer;
  }

  private static boolean passes(Answer answer) {
    return switch (answer.status()) {
      case 401, 429, 503 -> true;
      default -> answer.problem().equals("idempotency-key-in-use");
    };
  }

  private interface Look extends BiConsumer<Deed, List<String>> {}

  private static Check check(String promise, Collection<Deed> deeds, Look look) {
    List<String> broken = new ArrayList<>();
    deeds.forEach(deed -> look.accept(deed, broken));
    return new Check(promise, deeds.size(), broken);
  }

  private static String acknowledgedId(Deed deed) {
    return deed.state() instanceof State.Acknowledged(String id) ? id : "";
  }

  /** What the server keeps under each key: the id of a transaction or hold. */
  private Map<String, String> kept() {
    Map<String, String> kept = new HashMap<>();
    database.read(
        tx -> {
          tx.createQuery(
                  """
                  select user_id || '/' || key as name, answer ->> 'id' as id
                  from scoring.idempotent_answer
                  union all
                  select officer || '/' || idempotency_key, transaction_id::text
                  from encounters.encounter where transaction_id is not null
                  """)
              .map((row, context) -> Map.entry(row.getString("name"), row.getString("id")))
              .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
          return kept;
        });
    return kept;
  }

  private static String name(Deed deed) {
    return switch (deed.kind()) {
      case SCAN, DONATION, GIVEAWAY, REVERSAL -> deed.actor().id() + "/" + deed.key();
      case HOLD, COLLECTION, RELEASE -> Scoring.ISSUANCE + "/siege:" + deed.key();
    };
  }
}
