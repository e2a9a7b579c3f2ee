package app.heyblue.scenarios;

import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import app.heyblue.server.ApiClient.Answer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A gift to a family, seen from both sides: neither learns who the other is. */
class GivingInPrivateIT {
  private final Townspeople town = new Townspeople(RunningServer.shared().api());

  @Test
  void noDonorIsToldToAFamilyAndNoFamilyIdToADonor() {
    Person donor = town.join("civilian");
    Person officer = town.join("officer");
    Person family = town.join("family");
    String donorName = nameOf(donor);
    String familyName = nameOf(family);
    town.scan(officer, town.qrToken(donor), key()).orFail();

    Answer gift = town.give(donor, "donation", newestFamily(donor), 4, key()).orFail();
    String id = gift.body().path("id").asText();
    assertThat(town.balance(family)).isEqualTo(4);
    town.await(
        API + "/users/" + family.userId() + "/donations-received",
        family.token(),
        body -> !body.path("items").isEmpty());

    assertThat(gift.response().body()).doesNotContain(family.userId(), familyName, family.email());
    for (String path : pages(donor, id)) {
      assertThat(body(path, donor))
          .as(path)
          .doesNotContain(family.userId(), familyName, family.email());
    }
    for (String path : pages(family, id)) {
      assertThat(body(path, family))
          .as(path)
          .doesNotContain(donor.userId(), donorName, donor.email());
    }
    assertThat(body(API + "/users/" + family.userId() + "/donations-received", family))
        .contains("\"points\":4")
        .doesNotContain(donor.userId(), donorName);
    // Who guesses the other's id learns nothing more.
    for (String path : List.of("/users/", "/balances/")) {
      assertThat(town.get(API + path + family.userId(), donor.token()).status()).isIn(403, 404);
      assertThat(town.get(API + path + donor.userId(), family.token()).status()).isIn(403, 404);
    }
    assertThat(
            town.get(API + "/users/" + family.userId() + "/donations-received", donor.token())
                .status())
        .isEqualTo(403);
  }

  @Test
  void preferencesAreReplacedByWhoReadThemLast() {
    Person family = town.join("family");
    String path = API + "/me/notification-preferences";
    Answer read = town.get(path, family.token()).orFail();
    assertThat(read.body().path("mail").path("donationReceived").asBoolean(true)).isFalse();
    assertThat(read.body().path("language").asText()).isEqualTo("en");
    assertThat(read.body().path("always")).extracting(JsonNode::asText).contains("security");
    String tag = read.response().headers().firstValue("ETag").orElseThrow();

    assertThat(put(path, family, null, on()).status()).isEqualTo(428);
    Answer changed = put(path, family, tag, on()).orFail();
    assertThat(changed.body().path("mail").path("donationReceived").asBoolean()).isTrue();
    assertThat(put(path, family, tag, on()).status()).isEqualTo(412);
    Answer refused = put(path, family, "*", Map.of("mail", Map.of("security", false)));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body().path("type").asText()).isEqualTo("/problems/always-sent");
    // What was read can be written back as it is.
    assertThat(put(path, family, "*", changed.body()).status()).isEqualTo(200);
    for (Object nonsense :
        List.of(
            Map.of(),
            Map.of("mail", "all"),
            Map.of("mail", Map.of("nonsense", true)),
            Map.of("mail", Map.of(), "language", "fr"),
            Map.of("mail", Map.of(), "language", "es"))) {
      assertThat(put(path, family, "*", nonsense).status()).as("%s", nonsense).isEqualTo(400);
    }
  }

  @Test
  void aRelinkIsToldToTheOwnerAndAdminsSeeThatItWentOut() {
    Person person = town.join("civilian");
    String relink =
        town.post(API + "/onboarding/device-relinks", null, Map.of("email", person.email()))
            .orFail()
            .body()
            .path("id")
            .asText();
    town.post(
            API + "/onboarding/device-relinks/" + relink + "/confirmation",
            null,
            Map.of("code", town.code(person.email()), "deviceId", "another"))
        .orFail();

    town.await(
        API + "/demo/mailbox?email=" + person.email(),
        null,
        mailbox ->
            mailbox.findValuesAsText("subject").stream().anyMatch(s -> s.contains("linked")));
    String admin = town.demoToken("admin");
    Answer mails = town.get(API + "/notifications/mails?status=sent", admin).orFail();
    assertThat(mails.body().findValuesAsText("template")).contains("device-linked");
    assertThat(mails.response().body()).doesNotContain(person.email(), "@");
    assertThat(town.get(API + "/notifications/mails?status=lost", admin).status()).isEqualTo(400);
  }

  private static Map<String, Object> on() {
    return Map.of("mail", Map.of("donationReceived", true));
  }

  private Answer put(String path, Person person, @Nullable String tag, Object body) {
    return RunningServer.shared()
        .api()
        .send("PUT", path, person.token(), body, tag == null ? Map.of() : Map.of("If-Match", tag));
  }

  /** Families are listed as they joined. */
  private String newestFamily(Person giver) {
    String newest = "";
    String after = "";
    do {
      JsonNode page =
          town.get(API + "/recipients?kind=family&limit=200&after=" + after, giver.token())
              .orFail()
              .body();
      for (JsonNode item : page.path("items")) {
        newest = item.path("recipientRef").asText();
      }
      after = page.path("next").asText("");
    } while (!after.isEmpty() && !after.equals("null"));
    return newest;
  }

  /** What a party can read of itself and its gifts. */
  private static List<String> pages(Person person, String transaction) {
    return List.of(
        API + "/transactions",
        API + "/transactions/" + transaction,
        API + "/balances/me",
        API + "/balances/me/entries",
        API + "/me/notification-preferences",
        API + "/demo/mailbox?email=" + person.email());
  }

  private String body(String path, Person person) {
    Answer answer = town.get(path, person.token()).orFail();
    return answer.response().body();
  }

  private String nameOf(Person person) {
    return town.get(API + "/me", person.token()).orFail().body().path("displayName").asText();
  }

  private static String key() {
    return "\"" + UUID.randomUUID() + "\"";
  }
}
