package app.heyblue.security.tokens;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The keys of access tokens as they overlap: published before the first signature, one signing at a
 * time, and published until the last token that was signed has expired.
 *
 * @param keys in the order in which they sign
 */
record SigningKeyRing(List<SigningKey> keys) {
  /** How long others may keep our key set. */
  static final Duration KEPT_BY_OTHERS = Duration.ofMinutes(5);

  /** For clocks that differ, and processes that hear of a new key late. */
  static final Duration MARGIN = Duration.ofMinutes(1);

  SigningKeyRing {
    keys = keys.stream().sorted(Comparator.comparing(SigningKey::signsFrom)).toList();
  }

  /** The key that signs now. */
  SigningKey signing(Instant now) {
    return keys.stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .reduce((earlier, later) -> later)
        .orElseGet(keys::getFirst);
  }

  /** The keys whose signatures are accepted, and those that will sign next. */
  List<SigningKey> published(Instant now) {
    return keys.stream().filter(key -> !isRetired(key, now)).toList();
  }

  /** The keys that nothing needs any more. */
  List<SigningKey> retired(Instant now) {
    return keys.stream().filter(key -> isRetired(key, now)).toList();
  }

  Optional<SigningKey> find(String id, Instant now) {
    // Asked at each request and at each message of a live socket.
    for (SigningKey key : keys) {
      if (key.id().equals(id) && !isRetired(key, now)) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  /** When a key's last signature expires; empty for the last one. */
  Optional<Instant> retires(SigningKey key) {
    Instant first = null;
    for (SigningKey later : keys) {
      if (later.signsFrom().isAfter(key.signsFrom())) {
        Instant end =
            later.revokesEarlier()
                ? later.signsFrom()
                : later.signsFrom().plus(AccessTokens.LIFETIME).plus(MARGIN);
        first = first == null || end.isBefore(first) ? end : first;
      }
    }
    return Optional.ofNullable(first);
  }

  private boolean isRetired(SigningKey key, Instant now) {
    return retires(key).filter(at -> !at.isAfter(now)).isPresent();
  }
}
