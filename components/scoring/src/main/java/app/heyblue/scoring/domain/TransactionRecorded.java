package app.heyblue.scoring.domain;

import app.heyblue.kernel.UserId;
import app.heyblue.rules.RuleRef;
import app.heyblue.scoring.TransactionKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The event {@code app.heyblue.transaction.recorded.v1}. Who is who depends on the kind; what
 * doesn't apply is null.
 *
 * @param facts what the rules were asked, by which a draft is simulated later
 * @param areaZip the ZIP code of the officer's agency, of an encounter
 * @param reverses the original, of a reversal
 * @param messageSealed under the giver's key, base64
 */
public record TransactionRecorded(
    UUID transactionId,
    TransactionKind kind,
    List<Entry> entries,
    @Nullable UUID ruleId,
    @Nullable Integer ruleVersion,
    Map<String, Object> facts,
    Map<String, Long> outcome,
    List<String> explanation,
    @Nullable UserId civilian,
    @Nullable UserId officer,
    @Nullable String proof,
    @Nullable String verdict,
    @Nullable String areaZip,
    @Nullable UserId giver,
    @Nullable UserId recipient,
    @Nullable UserId buyer,
    @Nullable UserId merchant,
    @Nullable UUID holdId,
    @Nullable UUID reverses,
    @Nullable String messageSealed,
    Instant recordedAt) {

  public static final String TYPE = "app.heyblue.transaction.recorded.v1";

  /**
   * One side.
   *
   * @param balance all points of the account afterwards; null for issuance
   * @param available those of them that aren't held; null for issuance, and in older events
   */
  public record Entry(
      UserId userId, long points, @Nullable Long balance, @Nullable Long available) {}

  public static TransactionRecorded of(
      UUID id, Posting posting, List<Entry> entries, Instant recordedAt) {
    Grounds grounds = posting.grounds();
    RuleRef rule = grounds.rule();
    Story.@Nullable Encounter met = posting.story() instanceof Story.Encounter e ? e : null;
    Story.@Nullable Gift gift = posting.story() instanceof Story.Gift g ? g : null;
    Story.@Nullable Exchange sale = posting.story() instanceof Story.Exchange x ? x : null;
    return new TransactionRecorded(
        id,
        posting.kind(),
        entries,
        rule == null ? null : rule.ruleId(),
        rule == null ? null : rule.version(),
        grounds.facts(),
        grounds.outcome(),
        grounds.explanation(),
        met == null ? null : met.civilian(),
        met == null ? null : met.officer(),
        met == null ? null : met.proof(),
        met == null ? null : met.verdict(),
        met == null ? null : met.areaZip(),
        gift == null ? null : gift.giver(),
        gift == null ? null : gift.recipient(),
        sale == null ? null : sale.buyer(),
        sale == null ? null : sale.merchant(),
        sale == null ? null : sale.holdId(),
        posting.reverses(),
        posting.messageSealed(),
        recordedAt);
  }
}
