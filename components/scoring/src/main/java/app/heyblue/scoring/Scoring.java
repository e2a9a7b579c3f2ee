package app.heyblue.scoring;

import app.heyblue.kernel.IdempotencyKey;
import app.heyblue.kernel.UserId;

/** The ledger, as other rooms use it. A refusal moves nothing. */
public interface Scoring {
  /**
   * Pays an encounter by the active rules, once per key.
   *
   * @param key {@code encounter:<id>}
   * @throws RuleForbids where the rules or their limits say no
   * @throws app.heyblue.kernel.ProblemException where a party's account isn't active
   */
  Receipt recordEncounter(IdempotencyKey key, MeetingProof meeting);

  /** What a party has. */
  Balance balance(UserId party);
}
