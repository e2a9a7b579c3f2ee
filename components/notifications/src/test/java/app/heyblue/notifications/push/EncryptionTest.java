package app.heyblue.notifications.push;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EncryptionTest {
  private static final URI ANYWHERE = URI.create("https://push.example/1");

  /** RFC 8291, appendix A. */
  @Test
  void encryptsTheMessageOfTheRfc() {
    KeyPair ours =
        Browser.pair(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
            "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    Subscription reader =
        new Subscription(
            ANYWHERE,
            decode(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
            decode("BTBZMqHH6r4Tts7J_aSIgg"));
    byte[] body =
        Encryption.encrypt(
            "When I grow up, I want to be a watermelon".getBytes(UTF_8),
            0,
            reader,
            ours,
            decode("DGv6ra1nlYgDCS1FRnbzlw"));
    assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
        .isEqualTo(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
                + "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
  }

  @Property(tries = 50)
  void theReaderReadsWhatWasWritten(@ForAll @Size(max = Encryption.LONGEST) byte[] message) {
    Browser browser = new Browser();
    byte[] body =
        new Encryption(new SecureRandom()).encrypt(message, browser.subscription(ANYWHERE));
    assertThat(browser.decrypt(body)).isEqualTo(message);
    assertThat(body.length).isLessThanOrEqualTo(4096);
  }

  @Test
  void allShortMessagesAreEquallyLong() {
    Subscription reader = new Browser().subscription(ANYWHERE);
    Encryption encryption = new Encryption(new SecureRandom());
    assertThat(encryption.encrypt(new byte[0], reader))
        .hasSameSizeAs(encryption.encrypt(new byte[1023], reader));
    assertThatThrownBy(() -> encryption.encrypt(new byte[Encryption.LONGEST + 1], reader))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyPointsOfTheCurveAreKeys() {
    byte[] key = new Browser().subscription(ANYWHERE).publicKey();
    assertThat(P256.decode(key)).isPresent();
    assertThat(P256.encode(P256.decode(key).orElseThrow())).isEqualTo(key);
    byte[] off = key.clone();
    off[64] ^= 1;
    assertThat(P256.decode(off)).isEmpty();
    byte[] compressed = key.clone();
    compressed[0] = 2;
    assertThat(P256.decode(compressed)).isEmpty();
    assertThat(P256.decode(new byte[65])).isEmpty();
    assertThat(P256.decode(new byte[0])).isEmpty();
  }

  private static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
