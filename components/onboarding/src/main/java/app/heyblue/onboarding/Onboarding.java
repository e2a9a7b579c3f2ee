package app.heyblue.onboarding;

import app.heyblue.kernel.UserId;

/** Admits parties for whom the operator vouches: admins, and the people of the demo town. */
public interface Onboarding {
  /**
   * Takes a party in without a mailed code and without validators, and waits until it is active. An
   * address that already joined as this kind gives its party; one that is on its way is waited for.
   *
   * @throws app.heyblue.kernel.ProblemException ({@code invalid-input} for evidence that isn't
   *     there, {@code already-joined} where the address belongs to another kind, or badge, EIN or
   *     case number to another party; {@code unavailable} where the party isn't active within 30 s:
   *     calling again goes on)
   */
  UserId admit(Applicant applicant);
}
