package app.heyblue.security;

import app.heyblue.kernel.ProblemCatalog;
import app.heyblue.kernel.ProblemType;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The problems of signing in. */
@ApplicationScoped
public class SecurityProblems implements ProblemCatalog {
  public static final ProblemType WRONG_CREDENTIALS =
      new ProblemType(
          "wrong-credentials",
          "Address or password is wrong",
          401,
          "No account that may sign in has this e-mail address with this password. Check both; if"
              + " the password is lost, ask for another by POST /api/v1/password-resets. An"
              + " application that isn't active yet can't sign in.");
  public static final ProblemType OTHER_DEVICE =
      new ProblemType(
          "other-device",
          "The account belongs to another device",
          403,
          "Civilians and officers use one device per e-mail address. Link this one instead by POST"
              + " /api/v1/onboarding/device-relinks; the other is then signed out.");
  public static final ProblemType EMAIL_TAKEN =
      new ProblemType(
          "email-taken",
          "The address has an account already",
          409,
          "Each e-mail address has one account. Sign in with it, or use another address.");

  public static final ProblemType NOT_LINKED =
      new ProblemType(
          "not-linked",
          "Nobody here belongs to this token",
          403,
          "The token of the other issuer is good, but no account here is linked to its subject."
              + " Apply by POST /api/v1/onboarding/applications with the address that the issuer"
              + " knows, or ask an administrator to link an account.");

  @Override
  public List<ProblemType> types() {
    return List.of(WRONG_CREDENTIALS, OTHER_DEVICE, EMAIL_TAKEN, NOT_LINKED);
  }
}
