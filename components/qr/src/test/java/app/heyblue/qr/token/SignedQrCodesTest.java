package app.heyblue.qr.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.IdGenerator;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import app.heyblue.qr.QrClaim;
import app.heyblue.qr.QrCode;
import app.heyblue.qr.QrProblems;
import app.heyblue.qr.token.Fixtures.TurnedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SignedQrCodesTest {
  private final TurnedClock clock = new TurnedClock();
  private final Random random = new Random(7);
  private final IdGenerator ids = () -> new UUID(random.nextLong(), random.nextLong());
  private final SignedQrCodes codes = new SignedQrCodes(clock, ids, Fixtures.house(Fixtures.KEYS));

  @Test
  void readsWhatItIssued() {
    QrCode code = codes.issue(Fixtures.CIVILIAN);
    QrClaim claim = codes.verify(code.token());
    assertThat(claim.civilian()).isEqualTo(Fixtures.CIVILIAN);
    assertThat(claim.expiresAt()).isEqualTo(code.expiresAt());
    assertThat(code.token()).hasSize(TokenFormat.LENGTH).matches("[A-Z2-7]+");
  }

  @Test
  void everyCodeHasAnIdOfItsOwn() {
    assertThat(codes.verify(codes.issue(Fixtures.CIVILIAN).token()).tokenId())
        .isNotEqualTo(codes.verify(codes.issue(Fixtures.CIVILIAN).token()).tokenId());
  }

  @Test
  void aCodeLivesSixtySecondsAndEndsOnTheSecondThatItSays() {
    QrCode code = codes.issue(Fixtures.CIVILIAN);
    assertThat(code.expiresAt()).isEqualTo(Instant.parse("2026-05-01T12:01:00Z"));
    clock.turn(Duration.ofMillis(59_299));
    assertThat(codes.verify(code.token()).civilian()).isEqualTo(Fixtures.CIVILIAN);
    clock.turn(Duration.ofMillis(1));
    refused(QrProblems.EXPIRED, () -> codes.verify(code.token()));
  }

  @Test
  void refusesACodeExpiredByOneSecond() {
    QrCode code = codes.issue(Fixtures.CIVILIAN);
    clock.turn(Duration.between(clock.instant(), code.expiresAt().plusSeconds(1)));
    refused(QrProblems.EXPIRED, () -> codes.verify(code.token()));
  }

  @Test
  void refusesACodeOfAnotherHouse() {
    SignedQrCodes stranger = new SignedQrCodes(clock, ids, Fixtures.house(Fixtures.newKeys()));
    refused(QrProblems.INVALID, () -> codes.verify(stranger.issue(Fixtures.CIVILIAN).token()));
  }

  @Test
  void refusesAnAlteredCodeAsInvalidEvenWhenItHasExpired() {
    String token = codes.issue(Fixtures.CIVILIAN).token();
    clock.turn(Duration.ofHours(1));
    char other = token.charAt(40) == 'A' ? 'B' : 'A';
    refused(
        QrProblems.INVALID,
        () -> codes.verify(token.substring(0, 40) + other + token.substring(41)));
  }

  @Test
  void refusesEveryOtherWayToWriteTheSameBytes() {
    String token = codes.issue(Fixtures.CIVILIAN).token();
    char last = token.charAt(token.length() - 1);
    // 162 letters hold two bits more than 101 bytes; set, they would be another text for the code.
    String looseBits = token.substring(0, token.length() - 1) + (char) (last + 1);
    for (String text :
        new String[] {
          "",
          token.toLowerCase(Locale.ROOT),
          token + "=",
          token + "======",
          " " + token,
          token + "\n",
          token.substring(1),
          token + "A",
          looseBits,
          token.replace(token.charAt(0), '\0'),
          "A".repeat(TokenFormat.LENGTH),
          "é".repeat(TokenFormat.LENGTH),
          "A".repeat(100_000)
        }) {
      refused(QrProblems.INVALID, () -> codes.verify(text));
    }
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
