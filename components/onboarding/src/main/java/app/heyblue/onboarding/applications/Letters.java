package app.heyblue.onboarding.applications;

import app.heyblue.notifications.Letter;
import app.heyblue.notifications.Template;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.Form;
import java.util.Map;
import java.util.UUID;

/** What applicants are written, each in the language that they applied in. */
final class Letters {
  private Letters() {}

  /** A letter that carries a code. */
  static Letter code(UUID id, Form form, Template template, String code) {
    return new Letter(id, form.email(), form.language(), template, Map.of("code", code));
  }

  /** Somebody applies with an address that is known. */
  static Letter alreadyHere(UUID id, Form form) {
    return new Letter(id, form.email(), form.language(), Template.ALREADY_REGISTERED, Map.of());
  }

  /** A step of an application; the same letter however often the step is repeated. */
  static Letter step(Application application, Form form, Template template) {
    return step(application, form, template, Map.of());
  }

  /** That an application was turned down. */
  static Letter rejected(Application application, Form form, String reason) {
    return step(application, form, Template.APPLICATION_REJECTED, Map.of("reason", reason));
  }

  private static Letter step(
      Application application, Form form, Template template, Map<String, String> values) {
    return new Letter(
        Letter.idOf(application.id(), template), form.email(), form.language(), template, values);
  }
}
