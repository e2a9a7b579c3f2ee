package app.heyblue.security.identity;

import app.heyblue.kernel.ProblemException;
import app.heyblue.security.SecurityConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passwords that guessers try first: the 100,000 most common of known breaches, which ship with us,
 * those of a file that the operator may supply, and words of this place (NIST SP 800-63B, 3.1.1.2).
 * Capitals, common replacements of letters ({@code P@ssw0rd}) and up to four digits or signs at the
 * end ({@code password2026}) make no other password of one.
 */
@ApplicationScoped
class BreachedPasswords {
  /** Words of this place; see docs/decisions/0009. */
  static final Set<String> OURS =
      Set.of("heyblue", "heyblueapp", "heyblueofficer", "heyblueadmin", "policeofficer");

  private static final int APPENDED = 4;
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final String REPLACED = "0134578@$!|+";
  private static final String MEANT = "oieastbasiit";
  private final Optional<PwnedFile> supplied;
  private volatile @Nullable CommonPasswords common;

  BreachedPasswords(SecurityConfig config) {
    this.supplied = config.breachedPasswordsFile().map(Path::toAbsolutePath).map(PwnedFile::new);
  }

  /**
   * Refuses a password that is easily guessed.
   *
   * @throws ProblemException ({@code invalid-input}, pointer {@code /password})
   */
  void refuse(String password, String email) {
    String lower =
        Normalizer.normalize(password, Normalizer.Form.NFC).strip().toLowerCase(Locale.ROOT);
    if (isOf(lower, email.strip().toLowerCase(Locale.ROOT))) {
      throw refused("A password mustn't be the address that it protects. Choose another.");
    }
    Set<String> meant = meant(lower);
    if (meant.stream().map(word -> BETWEEN.matcher(word).replaceAll("")).anyMatch(OURS::contains)) {
      throw refused("A password mustn't be the name of this place. Choose another.");
    }
    if (meant.stream().anyMatch(common()::contains)
        || supplied.filter(file -> file.contains(password)).isPresent()) {
      throw refused(
          "This password is known from breaches elsewhere, so it would be guessed soon. Choose"
              + " another; three or four words that don't belong together are good.");
    }
  }

  private static boolean isOf(String lower, String email) {
    int at = email.indexOf('@');
    return lower.equals(email)
        || (at >= Passwords.MIN_LENGTH && lower.equals(email.substring(0, at)));
  }

  /** The password and what it stands for, in lower case. */
  private static Set<String> meant(String lower) {
    Set<String> meant = new LinkedHashSet<>();
    int end = lower.length();
    do {
      String begin = lower.substring(0, end);
      meant.add(begin);
      meant.add(letters(begin));
      end--;
    } while (end > 0 && lower.length() - end <= APPENDED && !Character.isLetter(lower.charAt(end)));
    return meant;
  }

  private static String letters(String text) {
    StringBuilder letters = new StringBuilder(text);
    for (int i = 0; i < letters.length(); i++) {
      int place = REPLACED.indexOf(letters.charAt(i));
      if (place >= 0) {
        letters.setCharAt(i, MEANT.charAt(place));
      }
    }
    return letters.toString();
  }

  /** Read when the first password is set: most starts set none. */
  private CommonPasswords common() {
    CommonPasswords known = common;
    if (known == null) {
      known = CommonPasswords.read();
      common = known;
    }
    return known;
  }

  private static ProblemException refused(String why) {
    return ProblemException.invalid("/password", why);
  }
}
