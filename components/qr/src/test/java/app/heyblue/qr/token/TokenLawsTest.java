package app.heyblue.qr.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.qr.QrClaim;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class TokenLawsTest {
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdz0189=+/- ";

  @Property(tries = 300)
  void everyClaimReadsBackAsItWasWritten(@ForAll("claims") QrClaim claim) {
    String token = TokenFormat.write(claim, Fixtures.KEYS);
    assertThat(TokenFormat.read(token, Fixtures.KEYS)).isEqualTo(claim);
  }

  @Property(tries = 1000)
  void anySingleAlteredLetterIsRefused(
      @ForAll("claims") QrClaim claim,
      @ForAll @IntRange(min = 0, max = 161) int place,
      @ForAll("letters") char letter) {
    String token = TokenFormat.write(claim, Fixtures.KEYS);
    if (token.charAt(place) != letter) {
      String altered = token.substring(0, place) + letter + token.substring(place + 1);
      assertThatThrownBy(() -> TokenFormat.read(altered, Fixtures.KEYS))
          .isInstanceOf(ProblemException.class);
    }
  }

  @Property
  void base32ReadsBackWhatItWrites(@ForAll byte[] bytes) {
    String text = Base32.encode(bytes);
    assertThat(text).hasSize(Base32.lengthOf(bytes.length));
    assertThat(Base32.decode(text)).hasValueSatisfying(read -> assertThat(read).isEqualTo(bytes));
  }

  @Provide
  Arbitrary<Character> letters() {
    return Arbitraries.of(LETTERS.chars().mapToObj(c -> (char) c).toList());
  }

  @Provide
  Arbitrary<QrClaim> claims() {
    Arbitrary<UUID> ids =
        Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
    // Four bytes of seconds reach into the year 2106.
    Arbitrary<Instant> times =
        Arbitraries.longs().between(0, 0xffff_ffffL).map(Instant::ofEpochSecond);
    return Combinators.combine(ids, ids.map(UserId::new), times).as(QrClaim::new);
  }
}
