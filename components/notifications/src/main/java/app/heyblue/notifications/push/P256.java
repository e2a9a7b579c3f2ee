package app.heyblue.notifications.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.Optional;

/** Public keys on the curve P-256, uncompressed (SEC 1, 2.3.3): 4, then x and y of 32 bytes. */
final class P256 {
  static final int BYTES = 65;
  static final ECParameterSpec CURVE = curve();
  private static final int COORDINATE = 32;

  private P256() {}

  /** A key; empty for what is no point of the curve. */
  static Optional<ECPublicKey> decode(byte[] encoded) {
    if (encoded.length != BYTES || encoded[0] != 4) {
      return Optional.empty();
    }
    BigInteger x = new BigInteger(1, Arrays.copyOfRange(encoded, 1, 1 + COORDINATE));
    BigInteger y = new BigInteger(1, Arrays.copyOfRange(encoded, 1 + COORDINATE, BYTES));
    if (!isOnCurve(x, y)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          (ECPublicKey)
              KeyFactory.getInstance("EC")
                  .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), CURVE)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] encode(ECPublicKey key) {
    byte[] encoded = new byte[BYTES];
    encoded[0] = 4;
    put(key.getW().getAffineX(), encoded, 1);
    put(key.getW().getAffineY(), encoded, 1 + COORDINATE);
    return encoded;
  }

  private static void put(BigInteger coordinate, byte[] into, int at) {
    byte[] bytes = coordinate.toByteArray(); // may have a sign byte, or be short
    int length = Math.min(bytes.length, COORDINATE);
    System.arraycopy(bytes, bytes.length - length, into, at + COORDINATE - length, length);
  }

  /** Keys that aren't would tell something of ours. */
  private static boolean isOnCurve(BigInteger x, BigInteger y) {
    EllipticCurve curve = CURVE.getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    return x.compareTo(p) < 0
        && y.compareTo(p) < 0
        && y.multiply(y)
            .mod(p)
            .equals(x.multiply(x).add(curve.getA()).multiply(x).add(curve.getB()).mod(p));
  }

  private static ECParameterSpec curve() {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
