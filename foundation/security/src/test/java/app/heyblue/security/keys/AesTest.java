package app.heyblue.security.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class AesTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private final Aes aes = new Aes(RANDOM);
  private final SecretKey key = key();

  @Property(tries = 200)
  void whatIsSealedOpensUnderTheSameKeyAndContextOnly(
      @ForAll byte[] plain, @ForAll byte[] context, @ForAll byte other) {
    byte[] sealed = aes.seal(key, context, plain);
    assertThat(Aes.open(key, context, sealed)).contains(plain);
    assertThat(Aes.open(key(), context, sealed)).isEmpty();
    byte[] longer = java.util.Arrays.copyOf(context, context.length + 1);
    longer[context.length] = other;
    assertThat(Aes.open(key, longer, sealed)).isEmpty();
  }

  @Property(tries = 200)
  void aChangedByteIsFound(
      @ForAll byte[] plain, @ForAll @IntRange(max = 10_000) int place, @ForAll byte change) {
    byte[] sealed = aes.seal(key, new byte[0], plain);
    sealed[place % sealed.length] ^= (byte) (change == 0 ? 1 : change);
    assertThat(Aes.open(key, new byte[0], sealed)).isEmpty();
  }

  @Property(tries = 50)
  void twoSealingsOfTheSameDiffer(@ForAll byte[] plain) {
    assertThat(aes.seal(key, new byte[0], plain)).isNotEqualTo(aes.seal(key, new byte[0], plain));
  }

  @Property(tries = 200)
  void anythingElseStaysClosed(@ForAll byte[] bytes) {
    assertThat(Aes.open(key, new byte[0], bytes)).isEmpty();
  }

  private static SecretKey key() {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    return new SecretKeySpec(key, "AES");
  }
}
