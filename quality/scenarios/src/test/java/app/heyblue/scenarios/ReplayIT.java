package app.heyblue.scenarios;

import static app.heyblue.scenarios.MeetingIT.key;
import static app.heyblue.scenarios.Townspeople.API;
import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.scenarios.Townspeople.Person;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A replay from zero leaves everything that anybody can read as it was. */
class ReplayIT {
  private final Townspeople town = new Townspeople(RunningServer.shared().api());

  @Test
  void aReplayOfEveryConsumerChangesNothing() {
    Person civilian = town.join("civilian");
    Person officer = town.join("officer");
    Person charity = town.join("charity");
    String admin = town.demoToken("admin");
    town.scan(officer, town.qrToken(civilian), key()).orFail();
    town.give(civilian, "donation", charity.userId(), 4, key()).orFail();
    awaitConsumers(admin);
    List<JsonNode> before = everythingReadable(civilian, officer, charity, admin);

    for (String stream : new String[] {"users", "transactions"}) {
      for (JsonNode consumer : consumers(stream, admin)) {
        town.post(
                API
                    + "/streams/"
                    + stream
                    + "/consumers/"
                    + consumer.path("name").asText()
                    + "/replay",
                admin,
                Map.of("from", 1))
            .orFail();
      }
    }
    awaitConsumers(admin);
    assertThat(everythingReadable(civilian, officer, charity, admin)).isEqualTo(before);
  }

  private List<JsonNode> everythingReadable(
      Person civilian, Person officer, Person charity, String admin) {
    List<JsonNode> answers = new ArrayList<>();
    for (Person person : List.of(civilian, officer, charity)) {
      answers.add(town.get(API + "/me", person.token()).orFail().body());
      answers.add(town.get(API + "/balances/me", person.token()).orFail().body());
      answers.add(town.get(API + "/balances/me/entries", person.token()).orFail().body());
    }
    answers.add(
        town.get(API + "/users/" + civilian.userId() + "/officers-met", civilian.token())
            .orFail()
            .body());
    answers.add(
        town.get(API + "/users/" + charity.userId() + "/donations-received", charity.token())
            .orFail()
            .body());
    // A head is signed a moment after what it covers was chained.
    answers.add(
        town.await(
            API + "/ledger/proof",
            admin,
            proof -> proof.path("position").asLong() == proof.path("transactions").asLong()));
    return answers;
  }

  private JsonNode consumers(String stream, String admin) {
    return town.get(API + "/streams/" + stream + "/consumers", admin).orFail().body().path("items");
  }

  private void awaitConsumers(String admin) {
    for (String stream : new String[] {"users", "transactions"}) {
      JsonNode settled =
          town.await(
              API + "/streams/" + stream + "/consumers",
              admin,
              body -> body.path("items").valueStream().allMatch(c -> c.path("lag").asLong() == 0));
      assertThat(settled.path("items").valueStream().mapToLong(c -> c.path("parked").asLong()))
          .containsOnly(0L);
    }
  }
}
