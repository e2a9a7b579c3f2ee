package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.security.House;
import app.heyblue.security.Session;
import app.heyblue.security.Together;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guessers get slower and slower; the owner of the account doesn't notice. */
class GuessingIT {
  private static final String EMAIL = "ada@example.org";
  private static final String HOME = "198.51.100.7";
  private static final String AWAY = "203.0.113.9";
  @TempDir Path home;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(House.over(home));
    desk.enabled(PartyKind.MERCHANT, EMAIL);
  }

  @Test
  void theOwnersDeviceIsNeverPausedByStrangers() {
    from(AWAY);
    for (int i = 0; i < 30; i++) {
      guess(EMAIL, "a guesser's device " + i);
      desk.house.pass(Duration.ofSeconds(1));
    }
    assertThat(guess(EMAIL, "a guesser's device")).isPositive();

    assertThat(desk.signIn(EMAIL).kind()).isEqualTo(PartyKind.MERCHANT);
    from(HOME);
    assertThat(desk.signIn(EMAIL).kind()).isEqualTo(PartyKind.MERCHANT);
  }

  @Test
  void guessingWithoutEndFromManyAddressesPausesNoDeviceThatIsKnown() {
    for (int i = 0; i < 150; i++) {
      from("203.0.113." + i);
      guess(EMAIL, "a guesser's device");
    }
    assertThat(guess(EMAIL, "a guesser's device")).as("many addresses get slower too").isPositive();
    from("203.0.113.200");
    assertThat(desk.signIn(EMAIL).kind()).isEqualTo(PartyKind.MERCHANT);
  }

  @Test
  void aNewDeviceOfTheOwnerIsNotHeldUpByAGuesserElsewhere() {
    from(AWAY);
    while (guess(EMAIL, "a guesser's device").isZero()) {
      // Until it is paused.
    }
    from(HOME);
    Session session = desk.provider.signIn(EMAIL, Desk.PASSWORD, "the owner's new device");
    assertThat(desk.accepted(session)).isPresent();
  }

  @Test
  void oneAddressThatNeverRestsPausesNoNewDeviceElsewhere() {
    for (int i = 0; i < 240; i++) {
      from(AWAY);
      guess(EMAIL, "a guesser's device");
      desk.house.pass(Duration.ofMinutes(1));
    }
    guess(EMAIL, "a guesser's device");
    from(HOME);
    assertThat(desk.accepted(desk.provider.signIn(EMAIL, Desk.PASSWORD, "a new device")))
        .isPresent();
  }

  @Test
  void whatWasPutOffUsesUpNothingOfTheAddress() {
    from(AWAY);
    while (guess(EMAIL, "a device").isZero()) {
      // Until it is paused.
    }
    for (int i = 0; i < 200; i++) {
      assertThat(guess(EMAIL, "a device")).isPositive();
    }
    assertThat(guess("somebody@example.org", "a device")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {Desk.DEVICE, "a new device"})
  void aFaultOfOursIsNoWrongPassword(String device) {
    from(HOME);
    desk.house.database.useTransaction(
        tx -> tx.execute("alter table security.session rename to session_away"));
    for (int i = 0; i < 30; i++) {
      assertThatThrownBy(() -> desk.provider.signIn(EMAIL, Desk.PASSWORD, device))
          .isNotInstanceOf(ProblemException.class);
    }
    desk.house.database.useTransaction(
        tx -> tx.execute("alter table security.session_away rename to session"));
    assertThat(freeTries(device)).isEqualTo(10);
  }

  @Test
  void aNewPasswordThatIsRefusedIsNoWrongPresentOne() {
    var caller = desk.accepted(desk.signIn(EMAIL)).orElseThrow();
    for (int i = 0; i < 15; i++) {
      assertThat(wait(() -> desk.change.change(caller, Desk.PASSWORD, "policeofficer"))).isZero();
    }
    desk.change.change(caller, Desk.PASSWORD, "another horse");
  }

  @Test
  void whoeverGuessesGetsTenFreeTriesThenWaitsUpToAMinute() {
    from(AWAY);
    assertThat(freeTries("a guesser's device")).isEqualTo(10);
    assertThat(guess(EMAIL, "another device")).isEqualTo(Duration.ofSeconds(1));
    for (int i = 0; i < 10; i++) {
      desk.house.pass(Duration.ofMinutes(1));
      assertThat(guess(EMAIL, "a guesser's device")).isZero();
    }
    assertThat(guess(EMAIL, "a guesser's device")).isEqualTo(Duration.ofMinutes(1));
    desk.house.pass(Duration.ofHours(2));
    assertThat(freeTries("a guesser's device")).as("an hour without a try").isEqualTo(10);
  }

  @Test
  void oneAddressOfAnIpv6NetworkIsAllOfThem() {
    from("2001:db8:7:1::1");
    assertThat(freeTries("a device")).isEqualTo(10);
    from("2001:db8:7:1:ffff::2");
    assertThat(guess(EMAIL, "a device")).isPositive();
    from("2001:db8:7:2::1");
    assertThat(guess(EMAIL, "a device")).isZero();
  }

  @Test
  void oneAddressTriesAHundredTimesAnHourWhateverTheAccounts() {
    from(AWAY);
    for (int i = 0; i < 100; i++) {
      assertThat(guess("somebody" + i + "@example.org", "a device")).isZero();
    }
    assertThat(guess("one-more@example.org", "a device")).isPositive();
    assertThat(desk.signIn(EMAIL).kind()).as("a known device there").isEqualTo(PartyKind.MERCHANT);
    from(HOME);
    assertThat(guess("one-more@example.org", "a device")).isZero();
  }

  @Test
  void whoSignsInRightlyUsesUpNothingOfTheAddress() {
    from(AWAY);
    for (int i = 0; i < 120; i++) {
      desk.provider.signIn(EMAIL, Desk.PASSWORD, "device " + i);
    }
  }

  @Test
  void ownSuccessesDontBuyMoreGuesses() {
    UserId mallory = desk.enabled(PartyKind.MERCHANT, "mallory@example.org");
    from(AWAY);
    for (int i = 0; i < 100; i++) {
      assertThat(desk.provider.signIn("mallory@example.org", Desk.PASSWORD, "new " + i))
          .extracting(Session::userId)
          .isEqualTo(mallory);
      assertThat(guess("victim" + i + "@example.org", "a device")).isZero();
    }
    assertThat(guess("victim@example.org", "a device")).isPositive();
  }

  @Test
  void aClockMoreExactThanTheTablePausesNobody() {
    desk.house.pass(Duration.ofNanos(999));
    for (String device : List.of(Desk.DEVICE, "a device")) {
      for (int i = 0; i < 3; i++) {
        assertThat(guess(EMAIL, device)).isZero();
      }
    }
    assertThat(desk.signIn(EMAIL).kind()).isEqualTo(PartyKind.MERCHANT);
  }

  @Test
  void anUnknownAddressIsPausedExactlyAsAKnownOne() {
    for (String email : List.of(EMAIL, "nobody@example.org")) {
      from(AWAY);
      for (int i = 0; i < 10; i++) {
        assertThat(guess(email, "a device")).isZero();
      }
      assertThat(guess(email, "a device")).as(email).isEqualTo(Duration.ofSeconds(1));
    }
  }

  @Test
  void guessesAtOnceCantPassTogether() throws Exception {
    from(AWAY);
    List<Future<Duration>> guesses =
        Together.run(Collections.<Callable<Duration>>nCopies(40, () -> guess(EMAIL, "a device")));
    assertThat(guesses.stream().filter(done -> done.resultNow().isZero())).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"known", "unknown"})
  void ofKnownAndUnknownDevicesTheCountIsSharedByAllProcesses(String device) {
    Desk other = new Desk(desk.house.another());
    if (device.equals("known")) {
      for (int i = 0; i < 10; i++) {
        guess(i % 2 == 0 ? desk : other, EMAIL, Desk.DEVICE);
      }
      assertThat(guess(desk, EMAIL, Desk.DEVICE)).isPositive();
      assertThat(guess(other, EMAIL, Desk.DEVICE)).isPositive();
    } else {
      for (int i = 0; i < 100; i++) {
        desk.house.request.from(null, "203.0.113." + i);
        other.house.request.from(null, "203.0.113." + i);
        guess(i % 2 == 0 ? desk : other, EMAIL, "a device");
      }
      from(HOME);
      assertThat(guess(desk, EMAIL, "a device")).isPositive();
      assertThat(guess(other, EMAIL, "a device")).isPositive();
    }
  }

  @Test
  void aDeviceIsKnownOnceItSignedInAndAnAccountKnowsItsLastTwenty() {
    for (int i = 0; i < 25; i++) {
      desk.provider.signIn(EMAIL, Desk.PASSWORD, "device " + i);
      desk.house.pass(Duration.ofSeconds(1));
    }
    assertThat(
            desk.house.database.<Integer, RuntimeException>read(
                tx ->
                    tx.createQuery("select count(*) from security.known_device")
                        .mapTo(Integer.class)
                        .one()))
        .isEqualTo(KnownDevices.MOST);
  }

  @Test
  void nothingOfANetworkAddressIsStored() {
    from(AWAY);
    guess(EMAIL, "a device");
    from("2001:db8:7:1::1");
    guess(EMAIL, "a device");
    assertThat(
            desk.house.database.<Integer, RuntimeException>read(
                tx ->
                    tx.createQuery("select count(*) from security.sign_in_attempt")
                        .mapTo(Integer.class)
                        .one()))
        .as("one row: the account's")
        .isEqualTo(1);
  }

  @Test
  void whoeverHoldsAStolenTokenGuessesThePasswordNoFaster() {
    Session session = desk.signIn(EMAIL);
    var caller = desk.accepted(session).orElseThrow();
    for (int i = 0; i < 10; i++) {
      assertThat(wait(() -> desk.change.change(caller, "wrong", "another horse"))).isZero();
    }
    assertThat(wait(() -> desk.change.change(caller, Desk.PASSWORD, "another horse")))
        .isEqualTo(Duration.ofSeconds(1));
  }

  private void from(String address) {
    desk.house.request.from(null, address);
  }

  private int freeTries(String device) {
    int tries = 0;
    while (guess(EMAIL, device).isZero()) {
      tries++;
    }
    return tries;
  }

  private Duration guess(String email, String device) {
    return guess(desk, email, device);
  }

  private static Duration guess(Desk desk, String email, String device) {
    return wait(() -> desk.provider.signIn(email, "a wrong guess", device));
  }

  /** How long one is told to wait; zero where the guess was taken and was wrong. */
  private static Duration wait(Runnable guess) {
    try {
      guess.run();
      throw new AssertionError("the guess was right");
    } catch (ProblemException e) {
      return e.retryAfter().orElse(Duration.ZERO);
    }
  }
}
