package app.heyblue.onboarding.domain;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Octets that are compared by content: a ciphertext or a fingerprint. */
public final class Bytes {
  private final byte[] value;

  public Bytes(byte[] value) {
    this.value = value.clone();
  }

  public static @Nullable Bytes ofNullable(byte @Nullable [] value) {
    return value == null ? null : new Bytes(value);
  }

  public byte[] value() {
    return value.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "Bytes[" + value.length + "]";
  }
}
