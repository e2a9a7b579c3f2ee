package app.heyblue.onboarding.recovery;

import app.heyblue.notifications.MailMessage;
import app.heyblue.onboarding.codes.Purpose;
import java.util.UUID;

/** What people are mailed who want to get back in. */
final class Letters {
  private Letters() {}

  static MailMessage code(Purpose purpose, UUID id, String email, String code) {
    return new MailMessage(
        id,
        email,
        subject(purpose),
        """
        Hello,

        your code is

            %s

        Type it within 15 minutes %s. If you didn't ask for it, ignore this mail: without the
        code nothing changes.
        """
            .formatted(code, aim(purpose)),
        code);
  }

  static MailMessage nobodyHere(Purpose purpose, UUID id, String email) {
    return new MailMessage(
        id,
        email,
        subject(purpose),
        """
        Hello,

        somebody, probably you, asked for a code %s. But no HeyBlue account has this address:
        perhaps you joined with another one? If it wasn't you, ignore this mail.
        """
            .formatted(aim(purpose)),
        null);
  }

  private static String subject(Purpose purpose) {
    return switch (purpose) {
      case APPLICATION, DEVICE_RELINK -> "Your HeyBlue device";
      case PASSWORD_RESET -> "Your HeyBlue password";
    };
  }

  private static String aim(Purpose purpose) {
    return switch (purpose) {
      case APPLICATION, DEVICE_RELINK -> "to use HeyBlue on a new device";
      case PASSWORD_RESET -> "to choose a new password";
    };
  }
}
