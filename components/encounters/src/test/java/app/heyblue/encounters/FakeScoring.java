package app.heyblue.encounters;

import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.UserId;
import app.heyblue.scoring.Balance;
import app.heyblue.scoring.MeetingProof;
import app.heyblue.scoring.Receipt;
import app.heyblue.scoring.Scoring;
import app.heyblue.scoring.TransactionKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Pays 10 and 7 once per key, as the real room does; what a test queues happens around it. */
public final class FakeScoring implements Scoring {
  /** Something that happens instead of, before or after one payment. */
  public interface Incident {
    Receipt around(java.util.function.Supplier<Receipt> payment);
  }

  private final Map<IdempotencyKey, Receipt> paid = new ConcurrentHashMap<>();
  private final Queue<MeetingProof> asked = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Incident> incidents = new ConcurrentLinkedQueue<>();

  public void next(Incident incident) {
    incidents.add(incident);
  }

  public void nextRefuses(RuntimeException refusal) {
    next(
        payment -> {
          throw refusal;
        });
  }

  /** The process dies before scoring hears of the encounter. */
  public void nextCrashesBefore() {
    next(
        payment -> {
          throw new Crash();
        });
  }

  /** The process dies after scoring paid and before anybody hears of it. */
  public void nextCrashesAfter() {
    next(
        payment -> {
          var _ = payment.get();
          throw new Crash();
        });
  }

  /** Every meeting that it was asked to pay, in order. */
  public Queue<MeetingProof> asked() {
    return asked;
  }

  public Map<IdempotencyKey, Receipt> paid() {
    return paid;
  }

  @Override
  public Receipt recordEncounter(IdempotencyKey key, MeetingProof meeting) {
    asked.add(meeting);
    Incident incident = incidents.poll();
    return incident == null ? pay(key, meeting) : incident.around(() -> pay(key, meeting));
  }

  private Receipt pay(IdempotencyKey key, MeetingProof meeting) {
    return paid.computeIfAbsent(
        key,
        first ->
            new Receipt(
                UUID.nameUUIDFromBytes(
                    key.value().getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                TransactionKind.ENCOUNTER,
                List.of(
                    new Receipt.Entry(meeting.civilian(), 10),
                    new Receipt.Entry(meeting.officer(), 7),
                    new Receipt.Entry(null, -17)),
                null,
                null,
                List.of("A test pays."),
                Instant.EPOCH));
  }

  @Override
  public Balance balance(UserId party) {
    long points =
        paid.values().stream()
            .flatMap(receipt -> receipt.entries().stream())
            .filter(entry -> party.equals(entry.userId()))
            .mapToLong(Receipt.Entry::points)
            .sum();
    return new Balance(party, points, 0, points);
  }

  /** The end of a process: nothing in it runs on. */
  public static final class Crash extends Error {}
}
