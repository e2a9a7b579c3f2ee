package app.heyblue.onboarding.validators;

/** What a validator found. */
public sealed interface Verdict {
  /** The candidate is who it says. */
  record Verified() implements Verdict {}

  /**
   * The candidate can't join.
   *
   * @param reason for the applicant: what is wrong and what to do
   */
  record Rejected(String reason) implements Verdict {}

  /**
   * A human has to look.
   *
   * @param finding for the reviewer: what couldn't be decided and why
   */
  record Undecided(String finding) implements Verdict {}
}
