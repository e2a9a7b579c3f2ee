package app.heyblue.onboarding.http;

import app.heyblue.kernel.Language;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The language that somebody is written to in. */
final class Languages {
  private static final int LONGEST = 200;
  private static final List<String> OURS =
      Stream.of(Language.values()).map(Language::toString).toList();

  private Languages() {}

  /** What {@code Accept-Language} (RFC 9110) prefers of ours; English where it says nothing. */
  static Language of(HttpHeaders headers) {
    String wanted = headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE);
    if (wanted == null || wanted.length() > LONGEST) {
      return Language.EN;
    }
    @Nullable String best;
    try {
      best = Locale.lookupTag(Locale.LanguageRange.parse(wanted), OURS);
    } catch (IllegalArgumentException e) {
      best = null;
    }
    return best == null ? Language.EN : Language.parse(best);
  }
}
