package app.heyblue.onboarding.applications;

import app.heyblue.kernel.UserId;
import app.heyblue.security.HouseKeys;
import app.heyblue.security.PersonalCipher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;

/** Keys in memory, of the house and of persons; what they seal is sealed. */
final class FakeKeys implements HouseKeys, PersonalCipher {
  private final SecureRandom random = new SecureRandom();
  private final Map<String, SecretKey> house = new ConcurrentHashMap<>();
  final Map<UserId, SecretKey> persons = new ConcurrentHashMap<>();

  @Override
  public SecretKey symmetric(String name) {
    return house.computeIfAbsent(name, any -> key());
  }

  @Override
  public KeyPair ed25519(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public KeyPair p256(String name) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void createKey(UserId person) {
    persons.putIfAbsent(person, key());
  }

  @Override
  public void destroyKey(Handle tx, UserId person) {
    persons.remove(person);
  }

  @Override
  public Map<UserId, byte[]> sealAll(String field, Map<UserId, String> texts) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] seal(UserId person, String field, String text) {
    SecretKey key = persons.get(person);
    if (key == null) {
      throw new IllegalStateException("no key");
    }
    byte[] nonce = new byte[12];
    random.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, key, nonce, field, text.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
  }

  @Override
  public Optional<String> open(UserId person, String field, byte[] sealed) {
    return Optional.ofNullable(persons.get(person))
        .map(
            key ->
                run(
                    Cipher.DECRYPT_MODE,
                    key,
                    Arrays.copyOf(sealed, 12),
                    field,
                    Arrays.copyOfRange(sealed, 12, sealed.length)))
        .map(text -> new String(text, StandardCharsets.UTF_8));
  }

  private SecretKey key() {
    byte[] key = new byte[32];
    random.nextBytes(key);
    return new SecretKeySpec(key, "AES");
  }

  private static byte[] run(int mode, SecretKey key, byte[] nonce, String field, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(128, nonce));
      cipher.updateAAD(field.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
