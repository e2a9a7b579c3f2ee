package app.heyblue.security.limits;

import app.heyblue.security.audit.RequestAtHand;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The network address of the request at hand as a digest (HMAC-SHA-256) under a key that exists in
 * this process only and for a day: where an officer was can't be told from it, not even by us.
 */
@ApplicationScoped
public class CallerAddresses {
  static final Duration KEY_LIFE = Duration.ofDays(1);
  private static final int NETWORK_OF_V6 = 8;

  private record DailyKey(SecretKeySpec key, Instant until) {}

  private final RequestAtHand request;
  private final SecureRandom random;
  private final Clock clock;
  private final boolean demo;
  private @Nullable DailyKey today;

  public CallerAddresses(
      RequestAtHand request,
      SecureRandom random,
      Clock clock,
      @ConfigProperty(name = "heyblue.demo", defaultValue = "false") boolean demo) {
    this.request = request;
    this.random = random;
    this.clock = clock;
    this.demo = demo;
  }

  /** Empty where nothing is counted: without a request, and on this machine in the demo town. */
  public Optional<String> find() {
    return request
        .find()
        .map(RequestAtHand.Origin::address)
        .flatMap(CallerAddresses::parsed)
        .filter(address -> !(demo && address.isLoopbackAddress()))
        .map(this::digest);
  }

  private static Optional<InetAddress> parsed(String text) {
    try {
      // The zone of a link-local address says nothing about the network.
      return Optional.of(InetAddress.ofLiteral(text.replaceFirst("%.*", "")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The digest of an address from elsewhere; empty for this machine, whoever speaks there. */
  public Optional<String> elsewhere(InetAddress address) {
    return address.isLoopbackAddress() ? Optional.empty() : Optional.of(digest(address));
  }

  /** Whoever has one address of an IPv6 network of 64 bits has them all. */
  private String digest(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] network = address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_OF_V6) : bytes;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key());
      return Base64.getEncoder().withoutPadding().encodeToString(mac.doFinal(network));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized SecretKeySpec key() {
    Instant now = clock.instant();
    DailyKey known = today;
    if (known == null || !now.isBefore(known.until())) {
      byte[] secret = new byte[32];
      random.nextBytes(secret);
      known = new DailyKey(new SecretKeySpec(secret, "HmacSHA256"), now.plus(KEY_LIFE));
      today = known;
    }
    return known.key();
  }
}
