package app.heyblue.onboarding.applications;

import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.kernel.PartyKind;
import app.heyblue.onboarding.Agency;
import app.heyblue.onboarding.domain.Bytes;
import app.heyblue.onboarding.domain.EvidenceRules;
import app.heyblue.onboarding.domain.Form;
import app.heyblue.onboarding.fingerprints.Fingerprints;
import app.heyblue.onboarding.roster.Roster;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** What of the evidence only one party can have: a badge, an EIN, a case number. */
@ApplicationScoped
class Claims {
  private final Fingerprints fingerprints;

  Claims(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  /** Its fingerprint; null for kinds that have nothing of the sort. */
  @Nullable Bytes of(Form form) {
    return switch (form.kind()) {
      case CIVILIAN, ADMIN -> null;
      case OFFICER ->
          claim(
              form.kind(),
              Agency.idOf(value(form, EvidenceRules.AGENCY)),
              Roster.normalised(value(form, EvidenceRules.BADGE_NUMBER)));
      case CHARITY, MERCHANT -> claim(form.kind(), value(form, EvidenceRules.EIN));
      case FAMILY ->
          claim(form.kind(), FamilyCatalog.canonical(value(form, EvidenceRules.CASE_NUMBER)));
    };
  }

  /** What the kind's claim is called. */
  static String nameOf(PartyKind kind) {
    return switch (kind) {
      case CIVILIAN, ADMIN -> "address";
      case OFFICER -> "badge number";
      case CHARITY, MERCHANT -> "EIN";
      case FAMILY -> "case number";
    };
  }

  private Bytes claim(PartyKind kind, String... texts) {
    return new Bytes(fingerprints.of("claims." + kind, texts));
  }

  private static String value(Form form, String member) {
    return form.candidate().evidence(member);
  }
}
