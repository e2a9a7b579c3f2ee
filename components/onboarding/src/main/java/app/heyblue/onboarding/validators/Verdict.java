package app.heyblue.onboarding.validators;

/** What a validator found. */
public sealed interface Verdict {
  /** For reviewers, in the validator's words; may be empty. */
  String finding();

  /** The candidate is who it says. */
  record Verified(String finding) implements Verdict {
    public Verified() {
      this("");
    }
  }

  /**
   * The candidate can't join.
   *
   * @param reason for the applicant: what is wrong and what to do
   */
  record Rejected(String reason, String finding) implements Verdict {
    public Rejected(String reason) {
      this(reason, reason);
    }
  }

  /**
   * A human has to look.
   *
   * @param finding what couldn't be decided and why
   */
  record Undecided(String finding) implements Verdict {}
}
