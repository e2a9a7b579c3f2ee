package app.heyblue.onboarding.applications;

import app.heyblue.notifications.MailMessage;
import java.util.UUID;

/** What applicants are mailed. */
final class Letters {
  private Letters() {}

  static MailMessage code(UUID application, String email, String code) {
    return new MailMessage(
        application,
        email,
        "Your HeyBlue code",
        """
        Hello,

        welcome to HeyBlue! Your code is

            %s

        Type it where you applied, within 15 minutes. If you didn't apply, ignore this mail:
        without the code nothing happens.
        """
            .formatted(code),
        code);
  }

  static MailMessage alreadyHere(UUID application, String email) {
    return new MailMessage(
        application,
        email,
        "You already have a HeyBlue account",
        """
        Hello,

        somebody, probably you, applied to HeyBlue with this address. It already has an account, or
        an application that is being checked, so there is nothing to confirm.

        Sign in with this address. If you forgot the password or have a new phone, ask for a
        password reset or a device relink there.
        """,
        null);
  }
}
