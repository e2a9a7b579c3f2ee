package app.heyblue.users.activity;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What this room reads of {@value #TYPE}, by which scoring tells of a transaction. */
record Recorded(
    UUID transactionId,
    String kind,
    List<Entry> entries,
    @Nullable UserId civilian,
    @Nullable UserId officer,
    @Nullable UserId giver,
    @Nullable UserId recipient,
    @Nullable UUID reverses,
    Instant recordedAt) {
  static final String TYPE = "app.heyblue.transaction.recorded.v1";

  /** One side of it. */
  record Entry(UserId userId, long points) {}

  private long pointsOf(UserId party) {
    return entries.stream()
        .filter(entry -> entry.userId().equals(party))
        .mapToLong(Entry::points)
        .sum();
  }

  Meeting meeting() {
    return new Meeting(
        transactionId,
        Objects.requireNonNull(civilian, "civilian"),
        Objects.requireNonNull(officer, "officer"),
        recordedAt);
  }

  Donation donation() {
    UserId to = Objects.requireNonNull(recipient, "recipient");
    return new Donation(
        transactionId, Objects.requireNonNull(giver, "giver"), to, pointsOf(to), recordedAt);
  }

  Reversed reversed() {
    return new Reversed(Objects.requireNonNull(reverses, "reverses"), transactionId);
  }
}
