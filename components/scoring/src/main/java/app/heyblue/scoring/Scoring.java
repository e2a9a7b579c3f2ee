package app.heyblue.scoring;

import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.UserId;
import java.util.UUID;

/** The ledger, as other rooms use it. A refusal moves nothing. */
public interface Scoring {
  /** The account that points come from: fixed, published, and the only one below zero. */
  UserId ISSUANCE = new UserId(UUID.fromString("00000000-0000-7000-8000-000000000001"));

  /**
   * Pays an encounter by the active rules, once per key.
   *
   * @param key {@code encounter:<id>}
   * @throws RuleForbids where the rules or their limits say no
   * @throws app.heyblue.kernel.ProblemException where a party's account isn't active
   */
  Receipt recordEncounter(IdempotencyKey key, MeetingProof meeting);

  /**
   * What a party has.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code not-found}) where there is no such account
   */
  Balance balance(UserId party);
}
