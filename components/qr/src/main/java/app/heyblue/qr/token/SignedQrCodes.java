package app.heyblue.qr.token;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.UserId;
import app.heyblue.qr.QrClaim;
import app.heyblue.qr.QrCode;
import app.heyblue.qr.QrCodes;
import app.heyblue.qr.QrProblems;
import app.heyblue.qr.image.QrImage;
import app.heyblue.security.HouseKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Codes without any state of their own: all that is to be known about one, it says itself. */
@ApplicationScoped
public class SignedQrCodes implements QrCodes {
  /** How long a code lives at most; it ends on a whole second. */
  static final Duration LIFE = Duration.ofSeconds(60);

  private final Clock clock;
  private final IdGenerator ids;
  private final HouseKeys houseKeys;
  private volatile @Nullable KeyPair keys;

  public SignedQrCodes(Clock clock, IdGenerator ids, HouseKeys houseKeys) {
    this.clock = clock;
    this.ids = ids;
    this.houseKeys = houseKeys;
  }

  @Override
  public QrCode issue(UserId civilian) {
    Instant expiresAt = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(LIFE);
    String token = TokenFormat.write(new QrClaim(ids.next(), civilian, expiresAt), keys());
    QrImage image = QrImage.of(token);
    return new QrCode(token, image.png(), image.svg(), expiresAt);
  }

  @Override
  public QrClaim verify(String token) {
    QrClaim claim = TokenFormat.read(token, keys());
    if (!clock.instant().isBefore(claim.expiresAt())) {
      throw QrProblems.EXPIRED.raise(
          "This code expired at " + claim.expiresAt() + ". Ask for a fresh one.");
    }
    return claim;
  }

  // A house key stays the same for ever; asking for it once spares a look-up per scan.
  private KeyPair keys() {
    KeyPair known = keys;
    if (known == null) {
      known = houseKeys.ed25519("qr");
      keys = known;
    }
    return known;
  }
}
