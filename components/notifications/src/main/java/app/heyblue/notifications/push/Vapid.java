package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import app.heyblue.kernel.Json;
import app.heyblue.security.HouseKeys;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says to push services who sends (VAPID, RFC 8292), under a key of the house that browsers bind
 * their subscriptions to: with another key none of them could be used any more.
 */
@ApplicationScoped
class Vapid {
  private static final String KEY = "notifications.push";

  /** RFC 8292 allows 24 h; clocks differ. */
  private static final Duration GOOD_FOR = Duration.ofHours(12);

  private static final Duration USED_FOR = Duration.ofHours(1);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  private final HouseKeys keys;
  private final PushConfig config;
  private final Clock clock;

  /** Signing costs as much as all the rest of a push; push services are few. */
  private final Cache<String, Signed> signed = Caffeine.newBuilder().maximumSize(100).build();

  private record Signed(String header, Instant at) {}

  Vapid(HouseKeys keys, PushConfig config, Clock clock) {
    this.keys = keys;
    this.config = config;
    this.clock = clock;
  }

  /** The key as browsers take it, {@code applicationServerKey}. */
  String publicKey() {
    return BASE64.encodeToString(P256.encode((ECPublicKey) keys.p256(KEY).getPublic()));
  }

  /** The header {@code Authorization} for a push service. */
  String authorization(URI endpoint) {
    String origin = endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    Instant now = clock.instant();
    Signed known = signed.getIfPresent(origin);
    if (known == null || now.isBefore(known.at()) || now.isAfter(known.at().plus(USED_FOR))) {
      known = new Signed("vapid t=" + token(origin, now) + ", k=" + publicKey(), now);
      signed.put(origin, known);
    }
    return known.header();
  }

  private String token(String origin, Instant now) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("aud", origin);
    claims.put("exp", now.plus(GOOD_FOR).getEpochSecond());
    config.contact().ifPresent(contact -> claims.put("sub", contact.toString()));
    try {
      String text =
          part("{\"typ\":\"JWT\",\"alg\":\"ES256\"}")
              + "."
              + part(Json.mapper().writeValueAsString(claims));
      KeyPair pair = keys.p256(KEY);
      Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(US_ASCII));
      return text + "." + BASE64.encodeToString(signature.sign());
    } catch (GeneralSecurityException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String part(String json) {
    return BASE64.encodeToString(json.getBytes(UTF_8));
  }
}
