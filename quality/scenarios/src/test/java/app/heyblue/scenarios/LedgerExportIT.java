package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a stranger can check with an export and what was published. */
class LedgerExportIT {
  private final RunningServer server = RunningServer.shared();
  private final Townspeople town = new Townspeople(server.api());
  @TempDir Path folder = Path.of("");

  @Test
  void anExportVerifiesAgainstAnEarlierHeadAndAChangedByteIsFound() throws Exception {
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    String admin = town.demoToken("admin");
    town.scan(officer, town.qrToken(civilian), key()).orFail();
    String earlier = chainedHead(admin);
    town.give(officer, "donation", town.join("charity").userId(), 3, key()).orFail();
    chainedHead(admin);

    String export = town.get(API + "/ledger/export", admin).orFail().response().body();
    assertThat(export).doesNotContain(civilian.userId()).doesNotContain(officer.userId());
    Path file = Files.writeString(folder.resolve("ledger.ndjson"), export);
    assertThat(server.command("ledger", "verify", file.toString(), "--head", earlier).status())
        .isZero();

    byte[] bytes = export.getBytes(StandardCharsets.UTF_8);
    bytes[bytes.length / 2] ^= 1;
    Path altered = Files.write(folder.resolve("altered.ndjson"), bytes);
    assertThat(server.command("ledger", "verify", altered.toString()).status()).isNotZero();
  }

  /** The newest head, once it covers every transaction. */
  private String chainedHead(String admin) {
    JsonNode proof =
        town.await(
            API + "/ledger/proof",
            admin,
            body -> body.path("position").asLong() == body.path("transactions").asLong());
    assertThat(proof.path("sum").asLong()).isZero();
    assertThat(proof.path("signature").asText()).isNotBlank();
    return proof.path("position").asLong() + ":" + proof.path("headHash").asText();
  }
}
