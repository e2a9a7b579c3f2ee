package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.notifications.push.SubscriptionTable.Interest;
import app.heyblue.notifications.push.SubscriptionTable.Stored;
import app.heyblue.postgres.Database;
import app.heyblue.security.Audit;
import app.heyblue.security.Caller;
import app.heyblue.security.HouseKeys;
import app.heyblue.security.PersonalCipher;
import app.heyblue.security.SessionHold;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;

/** Who is pushed where. A subscription ends with the session that it was made in. */
@ApplicationScoped
public class Subscriptions {
  static final int MOST_PER_PARTY = 5;
  private static final int SECRET = 16;
  private static final String FIELD = "pushSubscription";
  private static final String FINGERPRINTS = "notifications.push-endpoints";

  private final Database database;
  private final PersonalCipher cipher;
  private final HouseKeys keys;
  private final Endpoints endpoints;
  private final SessionHold sessions;
  private final Audit audit;
  private final IdGenerator ids;
  private final Clock clock;
  private final Vapid vapid;

  Subscriptions(
      Database database,
      PersonalCipher cipher,
      HouseKeys keys,
      Endpoints endpoints,
      SessionHold sessions,
      Audit audit,
      IdGenerator ids,
      Clock clock,
      Vapid vapid) {
    this.database = database;
    this.cipher = cipher;
    this.keys = keys;
    this.endpoints = endpoints;
    this.sessions = sessions;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
    this.vapid = vapid;
  }

  /** A subscription in clear, with the id under which it is stored. */
  record Opened(UUID id, Subscription subscription) {}

  /** How one is sealed. */
  private record Sealed(String endpoint, String publicKey, String secret) {}

  /** The key that browsers subscribe with, {@code applicationServerKey}. */
  public String serverKey() {
    return vapid.publicKey();
  }

  /**
   * Stores a subscription as the browser made it; of more than {@value #MOST_PER_PARTY} the oldest
   * goes, and one of the same address, whosever it was: the browser has one reader at a time.
   *
   * @throws ProblemException ({@code invalid-input}; {@code unauthenticated} where the session has
   *     ended meanwhile)
   */
  public UUID add(Caller caller, String endpoint, String p256dh, String auth) {
    URI address =
        endpoints
            .parse(endpoint)
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        "/endpoint",
                        "The address of a push service, https and at most 2048 characters."));
    byte[] publicKey =
        decoded(p256dh)
            .filter(key -> P256.decode(key).isPresent())
            .orElseThrow(
                () ->
                    ProblemException.invalid(
                        "/keys/p256dh", "An uncompressed key on P-256, in base64url."));
    byte[] secret =
        decoded(auth)
            .filter(bytes -> bytes.length == SECRET)
            .orElseThrow(() -> ProblemException.invalid("/keys/auth", "16 bytes, in base64url."));
    UserId party = caller.userId();
    cipher.createKey(party);
    byte[] sealed = cipher.seal(party, FIELD, text(new Subscription(address, publicKey, secret)));
    byte[] fingerprint = fingerprint(endpoint);
    UUID id = ids.next();
    database.useTransaction(
        tx -> {
          if (!sessions.goesOn(tx, caller)) {
            throw CommonProblems.UNAUTHENTICATED.raise("Your session has ended. Sign in again.");
          }
          SubscriptionTable.put(
              tx, id, party, caller.sessionId(), fingerprint, sealed, clock.instant());
          SubscriptionTable.keepNewest(tx, party, MOST_PER_PARTY);
          audit.record(tx, "push-subscription.made", id.toString(), Map.of());
        });
    return id;
  }

  public void removeAll(UserId party) {
    database.useTransaction(
        tx -> {
          SubscriptionTable.deleteAll(tx, party);
          audit.record(tx, "push-subscriptions.removed", party.toString(), Map.of());
        });
  }

  /**
   * Removes one.
   *
   * @throws ProblemException ({@code not-found}) unless it is the party's
   */
  public void remove(UserId party, UUID id) {
    database.useTransaction(
        tx -> {
          if (SubscriptionTable.delete(tx, party, id) == 0) {
            throw CommonProblems.NOT_FOUND.raise("None of your subscriptions has this id.");
          }
          audit.record(tx, "push-subscription.removed", id.toString(), Map.of());
        });
  }

  /** Removes one that its push service doesn't know any more. */
  void forget(UserId party, UUID id) {
    database.useTransaction(tx -> SubscriptionTable.delete(tx, party, id));
  }

  /** The subscriptions of parties who want to be pushed what's in question, asked for at once. */
  Map<Interest, List<Stored>> wanting(Collection<Interest> interests) {
    return database.read(tx -> SubscriptionTable.wanting(tx, interests));
  }

  /** Opens a party's subscriptions; those whose key is gone are left out. */
  List<Opened> open(UserId party, List<Stored> stored) {
    return stored.stream().flatMap(one -> opened(party, one).stream()).toList();
  }

  private Optional<Opened> opened(UserId party, Stored stored) {
    return cipher
        .open(party, FIELD, stored.sealed())
        .map(text -> new Opened(stored.id(), parse(text)));
  }

  private byte[] fingerprint(String endpoint) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(keys.symmetric(FINGERPRINTS));
      return mac.doFinal(endpoint.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Base64url, or base64 as some clients write it; padding may be missing. */
  private static Optional<byte[]> decoded(String text) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_')));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String text(Subscription subscription) {
    Base64.Encoder base64 = Base64.getEncoder();
    try {
      return Json.mapper()
          .writeValueAsString(
              new Sealed(
                  subscription.endpoint().toString(),
                  base64.encodeToString(subscription.publicKey()),
                  base64.encodeToString(subscription.secret())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Subscription parse(String text) {
    Base64.Decoder base64 = Base64.getDecoder();
    try {
      Sealed sealed = Json.mapper().readValue(text, Sealed.class);
      return new Subscription(
          URI.create(sealed.endpoint()),
          base64.decode(sealed.publicKey()),
          base64.decode(sealed.secret()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a subscription can't be read"); // it would be quoted
    }
  }
}
