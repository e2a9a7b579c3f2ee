package app.heyblue.onboarding.applications;

import app.heyblue.kernel.Json;
import app.heyblue.kernel.UserId;
import app.heyblue.onboarding.domain.Application;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.Finding;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.postgres.FindingTable;
import app.heyblue.security.PersonalCipher;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What applicants fill in and what is found out about them, sealed under their own key. */
@ApplicationScoped
class PersonalTexts {
  private static final String FORM = "application.form";
  private static final String FINDING = "application.finding";
  private static final String REASON = "application.reason";

  private final PersonalCipher cipher;

  PersonalTexts(PersonalCipher cipher) {
    this.cipher = cipher;
  }

  /** Seals the form of somebody new, whose key it makes. */
  Bytes sealFirst(UserId person, Form form) {
    cipher.createKey(person);
    return seal(person, FORM, form);
  }

  /** Findings as they are stored. */
  List<FindingTable.Row> sealed(UserId person, List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                new FindingTable.Row(
                    finding,
                    finding.finding().isEmpty() ? null : seal(person, FINDING, finding.finding())))
        .toList();
  }

  Bytes sealReason(UserId person, String reason) {
    return seal(person, REASON, reason);
  }

  /** Destroys the key of somebody who never joined. */
  void forget(Handle tx, UserId person) {
    cipher.destroyKey(tx, person);
  }

  /** The form; empty once it has served, or where the person was forgotten. */
  Optional<Form> form(Application application) {
    return open(application, FORM, application.form(), Form.class);
  }

  /** Findings as they were; without their texts where those have served. */
  List<Finding> opened(Application application, List<FindingTable.Row> rows) {
    return rows.stream().map(row -> opened(application, row)).toList();
  }

  private Finding opened(Application application, FindingTable.Row row) {
    Finding stored = row.finding();
    return open(application, FINDING, row.text(), String.class)
        .map(
            text ->
                new Finding(
                    stored.validator(),
                    stored.verdict(),
                    text,
                    stored.at(),
                    stored.tookMillis(),
                    stored.attempts()))
        .orElse(stored);
  }

  Optional<String> reason(Application application) {
    return open(application, REASON, application.reason(), String.class);
  }

  private Bytes seal(UserId person, String field, Object value) {
    try {
      return new Bytes(cipher.seal(person, field, Json.mapper().writeValueAsString(value)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T> Optional<T> open(
      Application application, String field, @Nullable Bytes sealed, Class<T> type) {
    if (sealed == null) {
      return Optional.empty();
    }
    return cipher.open(application.userId(), field, sealed.value()).map(json -> read(json, type));
  }

  private static <T> T read(String json, Class<T> type) {
    try {
      return Json.mapper().readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a sealed text can't be read", e);
    }
  }
}
