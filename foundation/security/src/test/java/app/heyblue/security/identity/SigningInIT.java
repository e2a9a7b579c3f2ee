package app.heyblue.security.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.security.House;
import app.heyblue.security.NewIdentity;
import app.heyblue.security.PasswordHash;
import app.heyblue.security.Session;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SigningInIT {
  private static final String EMAIL = "Ada@Example.org";
  @TempDir Path home;
  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(House.over(home));
  }

  @ParameterizedTest
  @EnumSource(PartyKind.class)
  void givesASessionOfTheParty(PartyKind kind) {
    UserId ada = desk.enabled(kind, EMAIL);

    Session session = desk.signIn(EMAIL);

    assertThat(session.userId()).isEqualTo(ada);
    assertThat(session.kind()).isEqualTo(kind);
    assertThat(session.expiresIn()).isEqualTo(900);
    assertThat(session.toString())
        .doesNotContain(session.accessToken())
        .doesNotContain(session.refreshToken());
    Caller caller = desk.accepted(session).orElseThrow();
    assertThat(caller.userId()).isEqualTo(ada);
    assertThat(caller.kind()).isEqualTo(kind);
  }

  @Test
  void findsTheAddressWhateverItsCase() {
    UserId ada = desk.enabled(PartyKind.CIVILIAN, EMAIL);

    assertThat(desk.signIn(" ADA@example.ORG ").userId()).isEqualTo(ada);
    assertThat(desk.provider.findByEmail("ada@example.org")).contains(ada);
    assertThat(desk.provider.findByEmail("bob@example.org")).isEmpty();
    assertThat(desk.provider.emailOf(ada)).contains(EMAIL);
  }

  @Test
  void theSameProblemForAWrongPasswordAnUnknownAddressAndAnAccountNotYetEnabled() {
    desk.enabled(PartyKind.CIVILIAN, EMAIL);
    desk.created(PartyKind.CIVILIAN, "new@example.org");

    String wrongPassword =
        refused(401, "wrong-credentials", () -> desk.provider.signIn(EMAIL, "wrong", Desk.DEVICE));
    assertThat(refused(401, "wrong-credentials", () -> desk.signIn("bob@example.org")))
        .isEqualTo(wrongPassword);
    assertThat(refused(401, "wrong-credentials", () -> desk.signIn("new@example.org")))
        .isEqualTo(wrongPassword);
  }

  @ParameterizedTest
  @EnumSource(
      value = PartyKind.class,
      names = {"CIVILIAN", "OFFICER"})
  void civiliansAndOfficersUseOneDevice(PartyKind kind) {
    desk.enabled(kind, EMAIL);

    refused(403, "other-device", () -> desk.provider.signIn(EMAIL, Desk.PASSWORD, "device-2"));
    // Whoever doesn't know the password doesn't learn about devices either.
    refused(401, "wrong-credentials", () -> desk.provider.signIn(EMAIL, "wrong", "device-2"));
    desk.signIn(EMAIL);
  }

  @ParameterizedTest
  @EnumSource(
      value = PartyKind.class,
      names = {"CHARITY", "FAMILY", "MERCHANT", "ADMIN"})
  void othersUseAnyDevice(PartyKind kind) {
    desk.enabled(kind, EMAIL);
    assertThat(desk.provider.signIn(EMAIL, Desk.PASSWORD, "device-2").kind()).isEqualTo(kind);
  }

  @Test
  void aRelinkMovesTheAccountAndEndsItsSessions() {
    UserId ada = desk.enabled(PartyKind.CIVILIAN, EMAIL);
    Session before = desk.signIn(EMAIL);

    desk.provider.relinkDevice(ada, "device-2");
    assertThat(desk.accepted(before)).isEmpty();
    refused(401, "unauthenticated", () -> desk.sessions.refresh(before.refreshToken()));
    refused(403, "other-device", () -> desk.signIn(EMAIL));

    Session after = desk.provider.signIn(EMAIL, Desk.PASSWORD, "device-2");
    desk.provider.relinkDevice(ada, "device-2");
    assertThat(desk.accepted(after)).as("a stolen token of the same device ends too").isEmpty();
    assertThat(desk.provider.signIn(EMAIL, Desk.PASSWORD, "device-2").userId()).isEqualTo(ada);
  }

  @Test
  void aPasswordResetEndsAllSessionsAndThePauseAfterFailures() {
    UserId ada = desk.enabled(PartyKind.CIVILIAN, EMAIL);
    Session before = desk.signIn(EMAIL);
    fail(EMAIL, SignInAttempts.KNOWN_DEVICE.free());
    refused(429, "too-many-requests", () -> desk.signIn(EMAIL));

    PasswordHash hash = desk.provider.hash("another horse", EMAIL);
    desk.provider.resetPassword(ada, hash);
    assertThat(desk.accepted(before)).isEmpty();
    refused(401, "wrong-credentials", () -> desk.signIn(EMAIL));
    Session after = desk.provider.signIn(EMAIL, "another horse", Desk.DEVICE);
    desk.provider.resetPassword(ada, hash);
    assertThat(desk.accepted(after)).as("repeated without harm").isPresent();
  }

  @Test
  void creatingAndEnablingCanBeRepeated() {
    UserId ada = desk.enabled(PartyKind.CIVILIAN, EMAIL);
    desk.provider.create(
        new NewIdentity(
            ada,
            PartyKind.CIVILIAN,
            EMAIL,
            desk.provider.hash("another horse", EMAIL),
            "device-2"));
    desk.provider.enable(ada);

    assertThat(desk.signIn(EMAIL).userId()).isEqualTo(ada);
  }

  @Test
  void anAddressHasOneAccount() {
    desk.created(PartyKind.CIVILIAN, EMAIL);
    refused(409, "email-taken", () -> desk.created(PartyKind.OFFICER, "ada@example.ORG"));
  }

  @Test
  void demoPeopleNeedNoPasswordAndHaveAnyDevice() {
    UserId ada = desk.enabled(PartyKind.OFFICER, EMAIL);

    assertThat(desk.accepted(desk.provider.signInAs(ada, "any device"))).isPresent();
    refused(404, "not-found", () -> desk.provider.signInAs(desk.house.party(), "any device"));
    UserId bob = desk.created(PartyKind.OFFICER, "bob@example.org");
    refused(404, "not-found", () -> desk.provider.signInAs(bob, "any device"));
  }

  @Test
  void guessingGetsSlowerButNobodyIsLockedOut() {
    desk.enabled(PartyKind.CIVILIAN, EMAIL);
    fail(EMAIL, SignInAttempts.KNOWN_DEVICE.free());

    assertThat(pause(EMAIL)).isEqualTo(Duration.ofSeconds(1));
    desk.house.pass(Duration.ofSeconds(1));
    fail(EMAIL, 1);
    assertThat(pause(EMAIL)).isEqualTo(Duration.ofSeconds(2));
    for (int i = 0; i < 10; i++) {
      desk.house.pass(Duration.ofMinutes(1));
      fail(EMAIL, 1);
    }
    assertThat(pause(EMAIL)).isEqualTo(Duration.ofMinutes(1));

    desk.house.pass(Duration.ofMinutes(1));
    desk.signIn(EMAIL);
    fail(EMAIL, 1);
    desk.signIn(EMAIL);
  }

  @Test
  void guessingAtAnUnknownAddressGetsSlowerAlike() {
    desk.house.request.from(null, "203.0.113.9");
    fail("nobody@example.org", SignInAttempts.KNOWN_DEVICE.free());
    assertThat(pause("nobody@example.org")).isEqualTo(Duration.ofSeconds(1));
    assertThat(desk.provider.findByEmail("nobody@example.org")).isEmpty();

    desk.house.pass(Duration.ofHours(2));
    desk.keeper.clean();
    fail("nobody@example.org", SignInAttempts.KNOWN_DEVICE.free());
  }

  private void fail(String email, int times) {
    for (int i = 0; i < times; i++) {
      refused(401, "wrong-credentials", () -> desk.provider.signIn(email, "wrong", Desk.DEVICE));
    }
  }

  private Duration pause(String email) {
    try {
      desk.signIn(email);
    } catch (ProblemException e) {
      return e.retryAfter().orElseThrow();
    }
    throw new AssertionError("not paused");
  }

  private static String refused(int status, String slug, ThrowingCallable call) {
    String[] detail = {""};
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> {
              assertThat(problem.type().slug()).isEqualTo(slug);
              assertThat(problem.type().status()).isEqualTo(status);
              detail[0] = problem.detail();
            });
    return detail[0];
  }
}
