package app.heyblue.scoring;

import app.heyblue.kernel.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A recorded transaction, as it is answered; the ids of entries may be null to those who may not
 * see them.
 *
 * @param entries what each account gained or lost; they add up to zero
 */
public record Receipt(
    UUID id,
    TransactionKind kind,
    List<Entry> entries,
    @Nullable UUID ruleId,
    @Nullable Integer ruleVersion,
    List<String> explanation,
    Instant recordedAt) {

  /** One side of a transaction. */
  public record Entry(@Nullable UserId userId, long points) {}
}
