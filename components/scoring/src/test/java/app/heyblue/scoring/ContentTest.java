package app.heyblue.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.UserId;
import app.heyblue.scoring.domain.Canonical;
import app.heyblue.scoring.domain.Chain;
import app.heyblue.scoring.domain.Content;
import app.heyblue.scoring.domain.Grounds;
import app.heyblue.scoring.domain.Limits;
import app.heyblue.scoring.domain.Movement;
import app.heyblue.scoring.domain.Posting;
import app.heyblue.scoring.domain.Story;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Fixed bytes: an export that was written once must be readable for ever. */
class ContentTest {
  private static final UserId ACCOUNT = UserId.parse("01890a5d-ac96-774b-bcce-b302099a8057");

  @Test
  void writesContentInOneForm() {
    Content content =
        new Content(
            UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058"),
            TransactionKind.DONATION,
            Instant.parse("2026-11-24T17:00:00Z"),
            null,
            null,
            null,
            "AAEC",
            List.of(
                new Content.Entry(Content.ISSUANCE, -Posting.MAX_POINTS),
                new Content.Entry("00", Posting.MAX_POINTS)));

    assertThat(new String(Canonical.bytes(content), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"entries\":[{\"account\":\"issuance\",\"points\":-9007199254740991},"
                + "{\"account\":\"00\",\"points\":9007199254740991}],"
                + "\"id\":\"01890a5d-ac96-774b-bcce-b302099a8058\",\"kind\":\"donation\","
                + "\"message\":\"AAEC\",\"recordedAt\":\"2026-11-24T17:00:00Z\","
                + "\"reverses\":null,\"ruleId\":null,\"ruleVersion\":null}");
  }

  @Test
  void commitsToAnAccountByItsIdAndSalt() {
    // printf '01890a5dac96774bbcceb302099a8057000102…0f' | xxd -r -p | sha256sum
    byte[] salt = new byte[Content.SALT_BYTES];
    for (byte i = 0; i < salt.length; i++) {
      salt[i] = i;
    }

    assertThat(Content.Entry.of(ACCOUNT, salt, 1).account())
        .isEqualTo("6f2d89a7170f9ab0f9424e319563594f68750a941f73d5f380d3a26eb7786cca");
    assertThat(Content.Entry.of(Scoring.ISSUANCE, null, 1).account()).isEqualTo("issuance");
  }

  @Test
  void chainsFromADocumentedBeginning() {
    assertThat(Chain.GENESIS)
        .isEqualTo("4f868fd4ee3b09c9d65f4bcdae7f194f765e17c7d450237914de7c0a81414e59");
    assertThat(Chain.next("00".repeat(32), "ff".repeat(32)))
        .isEqualTo("bba91ca85dc914b2ec3efb9e16e7267bf9193b14350d20fba8a8b406730ae30a");
  }

  @Test
  void takesNoPostingThatDoesntBalance() {
    Movement one = new Movement(ACCOUNT, 5);
    assertRefused(List.of(one, new Movement(Scoring.ISSUANCE, -4)));
    assertRefused(List.of(one, new Movement(ACCOUNT, -5)));
    assertRefused(List.of());
    assertRefused(
        List.of(
            new Movement(ACCOUNT, Posting.MAX_POINTS + 1),
            new Movement(Scoring.ISSUANCE, -Posting.MAX_POINTS - 1)));
  }

  private static void assertRefused(List<Movement> movements) {
    assertThatThrownBy(
            () ->
                new Posting(
                    TransactionKind.ENCOUNTER,
                    movements,
                    Grounds.because("of a test"),
                    Limits.NONE,
                    new Story.Encounter(ACCOUNT, ACCOUNT, "qr", "unknown", null)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
