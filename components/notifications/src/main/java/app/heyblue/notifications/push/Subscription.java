package app.heyblue.notifications.push;

import java.net.URI;

/**
 * Where and how one browser is told.
 *
 * @param endpoint a secret: whoever knows it may send to it
 * @param publicKey the browser's P-256 key, 65 bytes uncompressed ({@code p256dh})
 * @param secret 16 bytes that only the two of us know ({@code auth})
 */
record Subscription(URI endpoint, byte[] publicKey, byte[] secret) {
  @Override
  public String toString() {
    return "Subscription";
  }
}
