package app.heyblue.scoring.ledger;

import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.UserId;
import app.heyblue.postgres.IdempotentAnswers;
import app.heyblue.rules.RuleKind;
import app.heyblue.rules.Rules;
import app.heyblue.scoring.ScoringProblems;
import app.heyblue.scoring.TransactionKind;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Party;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.StoredTransaction;
import app.heyblue.scoring.domain.Story;
import app.heyblue.security.PersonalCipher;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Donations and giveaways: points from one party to another. */
@ApplicationScoped
public class Giving {
  private static final String MESSAGE = "message";

  private final Ledger ledger;
  private final Rules rules;
  private final PersonalCipher cipher;

  public Giving(Ledger ledger, Rules rules, PersonalCipher cipher) {
    this.ledger = ledger;
    this.rules = rules;
    this.cipher = cipher;
  }

  /** The two kinds of gifts. */
  public enum GiftKind {
    DONATION(TransactionKind.DONATION, RuleKind.DONATION),
    GIVEAWAY(TransactionKind.GIVEAWAY, RuleKind.GIVEAWAY);

    private final TransactionKind transaction;
    private final RuleKind rule;

    GiftKind(TransactionKind transaction, RuleKind rule) {
      this.transaction = transaction;
      this.rule = rule;
    }

    /**
     * Reads {@code donation} or {@code giveaway}.
     *
     * @throws IllegalArgumentException for anything else
     */
    @JsonCreator
    public static GiftKind parse(String text) {
      for (GiftKind kind : values()) {
        if (kind.toString().equals(text)) {
          return kind;
        }
      }
      throw new IllegalArgumentException("a gift is a donation or a giveaway");
    }

    @JsonValue
    @Override
    public String toString() {
      return transaction.toString();
    }

    private boolean isBetween(Party giver, Party recipient) {
      return switch (this) {
        case DONATION ->
            (giver.kind() == PartyKind.CIVILIAN || giver.kind() == PartyKind.OFFICER)
                && (recipient.kind() == PartyKind.CHARITY || recipient.kind() == PartyKind.FAMILY);
        case GIVEAWAY ->
            giver.kind() == PartyKind.OFFICER
                && recipient.kind() == PartyKind.OFFICER
                && !giver.userId().equals(recipient.userId());
      };
    }
  }

  /**
   * What somebody wants to give.
   *
   * @param points 1 to {@link Posting#MAX_POINTS}
   * @param message the giver's words to the recipient
   */
  public record Gift(GiftKind kind, UserId to, long points, @Nullable String message) {}

  /**
   * Gives, once per key of the giver.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code unknown-recipient}, {@code wrong-parties},
   *     {@code recipient-not-listed}, {@code rule-forbids}, {@code insufficient-points}, {@code
   *     account-not-active})
   */
  public Ledger.Once<StoredTransaction> give(UserId giverId, IdempotencyKey key, Gift gift) {
    Map<UserId, Party> parties = ledger.find(List.of(giverId, gift.to()));
    Party giver =
        Optional.ofNullable(parties.get(giverId))
            .orElseThrow(
                () ->
                    ScoringProblems.ACCOUNT_NOT_ACTIVE.raise(
                        "Your account isn't open yet. Repeat the request in a moment."));
    Party recipient =
        Optional.ofNullable(parties.get(gift.to())).orElseThrow(Giving::unknownRecipient);
    if (!gift.kind().isBetween(giver, recipient)) {
      throw ScoringProblems.WRONG_PARTIES.raise(
          switch (gift.kind()) {
            case DONATION ->
                "A donation goes from a civilian or an officer to a charity or family.";
            case GIVEAWAY -> "A giveaway goes from an officer to another officer.";
          });
    }
    Decided decided = decide(gift, giver, recipient);
    String message = seal(giverId, gift.message());
    return ledger.post(
        new Request(
            giverId,
            key,
            IdempotentAnswers.digest(gift),
            gift.kind().transaction,
            List.of(giverId, gift.to()),
            isDelisted -> {
              if (isDelisted.test(gift.to())) {
                throw ScoringProblems.RECIPIENT_NOT_LISTED.raise(
                    "This charity isn't listed by the IRS any more, so it can't receive points at"
                        + " present. Your points stay with you; GET /api/v1/recipients shows"
                        + " others.");
              }
              decided.requireAllowed();
              return posting(gift, giverId, decided, message);
            }));
  }

  /** The giver's words, for a party of the gift; empty where the giver was forgotten. */
  public Optional<String> message(StoredTransaction gift) {
    return Optional.ofNullable(gift.messageSealed())
        .flatMap(text -> cipher.open(gift.giver(), MESSAGE, Base64.getDecoder().decode(text)));
  }

  /** The refusal of a recipient who isn't there. */
  public static RuntimeException unknownRecipient() {
    return ScoringProblems.UNKNOWN_RECIPIENT.raise(
        "`to` names nobody. Take a recipientRef from GET /api/v1/recipients.");
  }

  private Decided decide(Gift gift, Party giver, Party recipient) {
    Instant at = ledger.now();
    Map<String, Object> facts =
        Map.of(
            "giver", giver.userId().toString(),
            "giverKind", giver.kind().toString(),
            "recipient", recipient.userId().toString(),
            "recipientKind", recipient.kind().toString(),
            "points", gift.points(),
            "timeZone", giver.timeZone() == null ? "UTC" : giver.timeZone(),
            "at", at);
    return Decided.by(rules, gift.kind().rule, facts, at, giver.zone());
  }

  private static Posting posting(
      Gift gift, UserId giver, Decided decided, @Nullable String messageSealed) {
    return new Posting(
        gift.kind().transaction,
        List.of(new Movement(giver, -gift.points()), new Movement(gift.to(), gift.points())),
        decided.grounds(),
        decided.limits(),
        new Story.Gift(giver, gift.to(), messageSealed));
  }

  private @Nullable String seal(UserId giver, @Nullable String message) {
    return message == null || message.isEmpty()
        ? null
        : Base64.getEncoder().encodeToString(cipher.seal(giver, MESSAGE, message));
  }
}
