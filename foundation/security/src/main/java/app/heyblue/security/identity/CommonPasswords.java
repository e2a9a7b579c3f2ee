package app.heyblue.security.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import me.gosimple.nbvcxz.Nbvcxz;

/**
 * The list of nbvcxz, the 100,000 most common passwords of breaches, of which the 39,000 that are
 * long enough are kept: 64 bits of each, some 310 kB. That two texts have the same 64 bits refuses
 * a good password once in 10^14.
 */
final class CommonPasswords {
  private static final String LIST = "/dictionaries/passwords.txt";
  private static final int MOST = 100_000;
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;
  private final long[] digests;

  private CommonPasswords(long[] digests) {
    this.digests = digests;
  }

  static CommonPasswords read() {
    try (InputStream list = Nbvcxz.class.getResourceAsStream(LIST)) {
      if (list == null) {
        throw new IllegalStateException("the list of common passwords is missing: " + LIST);
      }
      return of(list.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Byte by byte: whoever sets the first password waits for it. */
  private static CommonPasswords of(byte[] lines) {
    long[] digests = new long[MOST + 1];
    int count = 0;
    int length = 0;
    long digest = FNV_OFFSET;
    for (int i = 0; i <= lines.length; i++) {
      byte b = i < lines.length ? lines[i] : (byte) '\n';
      if (b == '\r' || b == '\n') {
        if (length >= Passwords.MIN_LENGTH) {
          digests[count++] = digest;
        }
        length = 0;
        digest = FNV_OFFSET;
      } else {
        length++;
        digest = next(digest, b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b);
      }
    }
    long[] kept = Arrays.copyOf(digests, count);
    Arrays.sort(kept);
    return new CommonPasswords(kept);
  }

  boolean contains(String lower) {
    return lower.length() >= Passwords.MIN_LENGTH
        && Arrays.binarySearch(digests, digest(lower)) >= 0;
  }

  int size() {
    return digests.length;
  }

  private static long digest(String text) {
    long digest = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      digest = next(digest, b);
    }
    return digest;
  }

  /** FNV-1a in 64 bits: it needn't withstand anybody. */
  private static long next(long digest, byte b) {
    return (digest ^ (b & 0xff)) * FNV_PRIME;
  }
}
