package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.Json;
import app.heyblue.scenarios.RunningServer.Finished;
import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two months of the District of Columbia, as the IRS published them, through the API. */
class RealCatalogIT {
  private final RunningServer server = RunningServer.shared();
  private final ApiClient api = server.api();
  private final Townspeople town = new Townspeople(api);
  private String admin = "";

  @BeforeEach
  void signIn() {
    admin = town.demoToken("admin");
  }

  @Test
  void twoMonthsAreImportedAndACharityOfTheFileJoinsAndReceives(@TempDir Path folder)
      throws Exception {
    Path january = SharedData.charities("eo_dc_2026-01.csv");
    Path april = SharedData.charities("eo_dc_2026-04.csv");
    Map<String, String> before = rowsByEin(january);
    Map<String, String> after = rowsByEin(april);

    JsonNode first = refresh(Files.readAllBytes(january));
    assertThat(first.path("status").asText()).isEqualTo("applied");
    assertThat(first.path("rowsRead").asInt()).isEqualTo(before.size());
    assertThat(first.path("added").asInt()).isEqualTo(before.size());
    assertThat(first.path("rejected").asInt()).isZero();

    refusesWhatIsCutOff(april);

    JsonNode second = refresh(Files.readAllBytes(april));
    assertThat(second.path("status").asText()).isEqualTo("applied");
    assertThat(second.path("rowsRead").asInt()).isEqualTo(after.size());
    assertThat(second.path("added").asInt())
        .isEqualTo((int) after.keySet().stream().filter(ein -> !before.containsKey(ein)).count());
    assertThat(second.path("removed").asInt())
        .isEqualTo((int) before.keySet().stream().filter(ein -> !after.containsKey(ein)).count());
    assertThat(second.path("changed").asInt())
        .isEqualTo(
            (int)
                after.entrySet().stream()
                    .filter(row -> before.containsKey(row.getKey()))
                    .filter(row -> !Objects.equals(before.get(row.getKey()), row.getValue()))
                    .count());

    Finished again = server.command("catalogs", "import", april.toString());
    assertThat(again.status()).isZero();
    assertThat(again.output()).contains("0 added, 0 changed, 0 removed");

    aCharityOfTheFileJoinsAndReceives();
  }

  private void refusesWhatIsCutOff(Path april) throws IOException {
    byte[] whole = Files.readAllBytes(april);
    int half = whole.length / 2;
    while (whole[half - 1] == '\n' || whole[half] == '\r') {
      half--;
    }
    int rowEnd = half;
    while (whole[rowEnd - 1] != '\n') {
      rowEnd--;
    }
    JsonNode known = api.get(API + "/catalogs/charities?state=DC&limit=200", null).body();
    for (int end : new int[] {half, rowEnd}) {
      JsonNode refused = refresh(java.util.Arrays.copyOf(whole, end));
      assertThat(refused.path("status").asText()).isEqualTo("refused");
      assertThat(refused.path("reason").asText()).isNotBlank();
      assertThat(api.get(API + "/catalogs/charities?state=DC&limit=200", null).body())
          .isEqualTo(known);
    }
  }

  private void aCharityOfTheFileJoinsAndReceives() {
    JsonNode found =
        api.get(API + "/catalogs/charities?query=capital+area+food+bank&state=DC", null)
            .orFail()
            .body()
            .path("items")
            .path(0);
    assertThat(found.path("name").asText()).contains("FOOD BANK");
    String ein = found.path("ein").asText();
    Person charity =
        town.join(
            "charity",
            "office-" + ein + "@foodbank.example",
            found.path("name").asText(),
            found.path("zip").asText().substring(0, 5),
            Json.mapper().valueToTree(Map.of("ein", ein)));
    Person civilian = town.join("civilian");
    town.scan(town.join("officer"), town.qrToken(civilian), key()).orFail();
    JsonNode recipient =
        town.await(
                API + "/recipients?kind=charity&query=food+bank",
                civilian.token(),
                body -> !body.path("items").isEmpty())
            .path("items")
            .path(0);
    assertThat(recipient.path("ein").asText()).isEqualTo(ein);
    town.give(civilian, "donation", recipient.path("recipientRef").asText(), 9, key()).orFail();
    assertThat(town.balance(charity)).isEqualTo(9);
    JsonNode received =
        town.await(
            API + "/users/" + charity.userId() + "/donations-received",
            charity.token(),
            body -> !body.path("items").isEmpty());
    assertThat(received.path("items").path(0).path("points").asLong()).isEqualTo(9);
  }

  private JsonNode refresh(byte[] file) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(
        """
        --cut\r
        Content-Disposition: form-data; name="file"; filename="eo.csv"\r
        Content-Type: text/csv\r
        \r
        """
            .getBytes(StandardCharsets.US_ASCII));
    body.write(file);
    body.write("\r\n--cut--\r\n".getBytes(StandardCharsets.US_ASCII));
    String id =
        api.post(
                API + "/catalogs/charities/refreshes",
                admin,
                "multipart/form-data; boundary=cut",
                BodyPublishers.ofByteArray(body.toByteArray()))
            .orFail()
            .body()
            .path("id")
            .asText();
    return town.await(
        API + "/catalogs/charities/refreshes/" + id,
        admin,
        refresh -> !refresh.path("status").asText().equals("running"));
  }

  private static Map<String, String> rowsByEin(Path file) throws IOException {
    Map<String, String> rows = new HashMap<>();
    Files.readAllLines(file, StandardCharsets.UTF_8).stream()
        .skip(1)
        .forEach(row -> rows.put(row.substring(0, 9), row));
    return rows;
  }
}
