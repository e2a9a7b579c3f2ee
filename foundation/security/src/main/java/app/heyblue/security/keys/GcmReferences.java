package app.heyblue.security.keys;

import app.heyblue.security.HouseKeys;
import app.heyblue.security.SealedReferences;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;

/** References as base64url of AES-256-GCM; the purpose is the context. 60 characters. */
@ApplicationScoped
public class GcmReferences implements SealedReferences {
  private static final int LENGTH = 60;
  private final HouseKeys keys;
  private final Aes aes;

  GcmReferences(HouseKeys keys, SecureRandom random) {
    this.keys = keys;
    this.aes = new Aes(random);
  }

  @Override
  public String seal(String purpose, UUID id) {
    byte[] plain =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(aes.seal(key(), context(purpose), plain));
  }

  @Override
  public Optional<UUID> open(String purpose, String reference) {
    if (reference.length() != LENGTH) {
      return Optional.empty();
    }
    byte[] sealed;
    try {
      sealed = Base64.getUrlDecoder().decode(reference);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Aes.open(key(), context(purpose), sealed)
        .filter(plain -> plain.length == 16)
        .map(ByteBuffer::wrap)
        .map(plain -> new UUID(plain.getLong(), plain.getLong()));
  }

  private SecretKey key() {
    return keys.symmetric("references");
  }

  private static byte[] context(String purpose) {
    return purpose.getBytes(StandardCharsets.UTF_8);
  }
}
