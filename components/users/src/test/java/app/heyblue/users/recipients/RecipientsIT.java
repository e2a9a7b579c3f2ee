package app.heyblue.users.recipients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.CommonProblems;
import app.heyblue.kernel.Cursor;
import app.heyblue.kernel.Json;
import app.heyblue.kernel.Page;
import app.heyblue.kernel.PageRequest;
import app.heyblue.kernel.PartyKind;
import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.ProblemType;
import app.heyblue.kernel.UserId;
import app.heyblue.security.Caller;
import app.heyblue.users.Registry;
import app.heyblue.users.profiles.ProfileEditor.Wish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecipientsIT {
  private static final PageRequest FIRST = new PageRequest(50, null);
  private final Registry registry = new Registry();
  private final Caller civilian = caller(PartyKind.CIVILIAN, "Maya");

  @Test
  void aFamilyShowsThreeDigitsAndACauseOnly() throws Exception {
    List<UserId> families = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      families.add(
          registry.join(
              PartyKind.FAMILY,
              "The Alvarado family",
              Map.of("areaZip", "820", "cause", "School supplies")));
    }
    Page<Recipient> page =
        registry.recipients.list(civilian, "family", null, new PageRequest(2, null));
    String json = Json.mapper().writeValueAsString(page);
    assertThat(json).doesNotContain("Alvarado");
    for (UserId family : families) {
      assertThat(json).doesNotContain(family.toString());
      assertThat(Cursor.decode(String.valueOf(page.next()))).doesNotContain(family.toString());
    }
    assertThat(Json.mapper().readTree(json).path("items").path(0).fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("recipientRef", "area", "cause");
    assertThat(page.items().getFirst().area()).isEqualTo("820");
    // Their names don't find them either.
    assertThat(names("family", "alvarado")).isEmpty();
    assertThat(registry.recipients.list(civilian, "family", "school", FIRST).items()).hasSize(3);
    assertThat(registry.recipients.list(civilian, "family", "82", FIRST).items()).hasSize(3);
    assertThat(registry.recipients.list(civilian, "family", "830", FIRST).items()).isEmpty();
  }

  @Test
  void charitiesAreFoundByTheBeginningsOfTheirWords() {
    for (String name :
        List.of(
            "FOOD BANK OF HARBOR", "Food Bank of the Rockies", "Los Niños Inc", "ACME Relief")) {
      registry.join(PartyKind.CHARITY, name, Map.of("ein", "123456789", "areaZip", "82001"));
    }
    registry.join(PartyKind.MERCHANT, "Food Shop");
    registry.join(PartyKind.FAMILY, "Food", Map.of("cause", "Food", "areaZip", "820"));
    Map<String, Integer> found = new LinkedHashMap<>();
    found.put("food", 2);
    found.put("FOOD ban", 2);
    found.put("bank of harb", 1);
    found.put("ank", 0);
    found.put("food, bank!", 2);
    found.put("ninos", 1);
    found.put("Niños", 1);
    found.put("food food food", 2);
    found.put("%", 0);
    found.put("fo_d", 0);
    found.put("  ", 4);
    found.put("", 4);
    found.put("supplies", 0);
    found.forEach((query, count) -> assertThat(names("charity", query)).as(query).hasSize(count));
  }

  @Test
  void charitiesAreFoundInSpiteOfOneTypoInEachWord() {
    for (String name : List.of("Helping Hands of Cheyenne", "Wood Carvers", "Fundación Niños")) {
      registry.join(PartyKind.CHARITY, name, Map.of("ein", "123456789", "areaZip", "82001"));
    }
    for (String query :
        List.of(
            "heping hands", "helpping hands", "hleping", "helpung hans", "CHEYENE", "cheyyenne")) {
      assertThat(names("charity", query)).as(query).containsExactly("Helping Hands of Cheyenne");
    }
    assertThat(names("charity", "fundacoin ninos")).containsExactly("Fundación Niños");
    assertThat(names("charity", "hxlpxng")).isEmpty();
    // What is right isn't mixed with what is similar.
    registry.join(PartyKind.CHARITY, "Food Bank", Map.of("ein", "123456780"));
    assertThat(names("charity", "wood")).containsExactly("Wood Carvers");
    assertThat(names("charity", "xood")).containsExactlyInAnyOrder("Food Bank", "Wood Carvers");
  }

  @Test
  void charitiesAreFoundByCausePlaceAndEin() {
    registry.join(
        PartyKind.CHARITY,
        "Capital Pantry",
        Map.of("ein", "530196605", "areaZip", "20001", "cause", "K31"));
    registry.join(
        PartyKind.CHARITY,
        "Cheyenne Museum",
        Map.of("ein", "830196606", "areaZip", "82001", "cause", "A50"));
    for (String query :
        List.of("food", "comida", "k31", "200", "20001", "530196605", "53-0196605", "food 20001")) {
      assertThat(names("charity", query)).as(query).containsExactly("Capital Pantry");
    }
    assertThat(names("charity", "food 82001")).isEmpty();
  }

  @Test
  void pagesOfSimilarOnesFollowEachOtherToo() {
    for (int i = 0; i < 7; i++) {
      registry.join(PartyKind.CHARITY, "Helping Hands " + i, Map.of("ein", "10000000" + i));
    }
    List<String> seen = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page<Recipient> page =
          registry.recipients.list(civilian, "charity", "hleping", new PageRequest(3, after));
      page.items().forEach(item -> seen.add(String.valueOf(item.ein())));
      after = page.next();
    } while (after != null);
    assertThat(seen).hasSize(7).doesNotHaveDuplicates();
  }

  @Test
  void whoWasListedBeforeAnUpdateIsListedAnew() {
    registry.join(PartyKind.CHARITY, "Helping Hands", Map.of("ein", "100000001"));
    List<String> asToday = registry.readModel();
    registry.database.useTransaction(
        tx -> {
          tx.execute("delete from users.profile_form");
          tx.execute("update users.profile set listing = 1");
        });
    assertThat(names("charity", "hleping")).isEmpty();

    while (registry.database.<Integer, RuntimeException>inTransaction(
            tx -> registry.profiles.relist(tx, 1))
        > 0) {
      // One after the other.
    }

    registry.database.useTransaction(tx -> tx.execute("update users.profile set listing = 2"));
    assertThat(registry.readModel()).isEqualTo(asToday);
    assertThat(names("charity", "hleping")).hasSize(1);
  }

  @Test
  void hostileQueriesFindNobodyAndBreakNothing() {
    registry.join(PartyKind.CHARITY, "Helping Hands", Map.of("ein", "100000001"));
    for (String query :
        List.of(
            "'; drop table users.profile; --",
            "\\",
            "\ud800",
            "\ud83d\ude00\ud83d\ude00\ud83d\ude00\ud83d\ude00",
            "\ufdfa".repeat(200),
            "x".repeat(200),
            "\u0000\u0001",
            "%%%%",
            "____",
            "*:*")) {
      assertThat(names("charity", query)).as(query).isEmpty();
    }
    assertThat(names("charity", "helping")).hasSize(1);
  }

  @Test
  void twoReferencesToOneRecipientDiffer() {
    registry.join(PartyKind.FAMILY, "Alvarado", Map.of("areaZip", "820", "cause", "School"));
    assertThat(registry.recipients.list(civilian, "family", null, FIRST).items().getFirst())
        .isNotEqualTo(registry.recipients.list(civilian, "family", null, FIRST).items().getFirst());
  }

  @Test
  void charitiesShowWhatIsPublicInTheOrderOfTheirNames() {
    registry.join(PartyKind.CHARITY, "Zebra Fund", Map.of("ein", "100000001", "areaZip", "82001"));
    registry.join(
        PartyKind.CHARITY,
        "acme relief",
        Map.of("ein", "100000002", "areaZip", "82002", "cause", "K31"));
    List<Recipient> found = registry.recipients.list(civilian, "charity", null, FIRST).items();
    assertThat(found).extracting(Recipient::name).containsExactly("acme relief", "Zebra Fund");
    assertThat(found.getFirst().ein()).isEqualTo("100000002");
    assertThat(found.getFirst().area()).isEqualTo("82002");
    assertThat(found.getFirst().cause()).isEqualTo("K31");
  }

  @Test
  void aCharityThatHasDisappearedIsNotShownUntilItIsBack() {
    registry.join(PartyKind.CHARITY, "Zebra Fund", Map.of("ein", "100000001"));
    registry.list("100000001", false);
    registry.list("100000002", false);
    assertThat(names("charity", "")).isEmpty();
    registry.join(PartyKind.CHARITY, "Late Fund", Map.of("ein", "100000002"));
    assertThat(names("charity", "")).as("gone before it joined").isEmpty();
    registry.list("100000001", true);
    assertThat(names("charity", "")).containsExactly("Zebra Fund");
    assertThat(names("charity", "late")).isEmpty();
  }

  @Test
  void pagesFollowEachOtherWithoutGapOrRepetition() {
    List<String> joined = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      // Some share a name, so that the name alone doesn't tell a place.
      String ein = "1000000%02d".formatted(i);
      registry.join(PartyKind.CHARITY, "Charity " + i / 3, Map.of("ein", ein));
      joined.add(ein);
    }
    List<String> seen = new ArrayList<>();
    @Nullable String after = null;
    do {
      Page<Recipient> page =
          registry.recipients.list(civilian, "charity", "char", new PageRequest(5, after));
      page.items().forEach(item -> seen.add(String.valueOf(item.ein())));
      after = page.next();
    } while (after != null);
    assertThat(seen).containsExactlyInAnyOrderElementsOf(joined);
  }

  @Test
  void officersGiveToOfficersButNotToThemselvesAndSeeNamesOnlyWhereTheyAreShown() {
    Caller dana = caller(PartyKind.OFFICER, "Dana Reyes");
    Caller sam = caller(PartyKind.OFFICER, "Sam Okafor");
    caller(PartyKind.OFFICER, "Ruth Weiss");
    registry.editor.change(sam.userId(), "*", new Wish(null, null, true, null));
    List<Recipient> others = registry.recipients.list(dana, "officer", "harbor", FIRST).items();
    assertThat(others).hasSize(2);
    assertThat(others).extracting(Recipient::name).containsExactlyInAnyOrder("Sam Okafor", null);
    assertThat(others).extracting(Recipient::agency).containsOnly("Harbor County Sheriff");
    assertThat(registry.recipients.list(dana, "officer", "okafor", FIRST).items()).isEmpty();
    refused(
        CommonProblems.FORBIDDEN, () -> registry.recipients.list(civilian, "officer", null, FIRST));
  }

  @Test
  void whatIsNoKindOrNoPlaceIsRefused() {
    for (String kind : new String[] {null, "", "civilian", "merchant", "Charity", "admin"}) {
      refused(
          CommonProblems.INVALID_INPUT,
          () -> registry.recipients.list(civilian, kind, null, FIRST));
    }
    for (String place : List.of(Cursor.encode("x"), Cursor.encode(registry.id().toString()))) {
      refused(
          CommonProblems.MALFORMED_CURSOR,
          () -> registry.recipients.list(civilian, "charity", null, new PageRequest(5, place)));
    }
    refused(
        CommonProblems.INVALID_INPUT,
        () -> registry.recipients.list(civilian, "charity", "a b c d e f g h i", FIRST));
    assertThat(names("charity", "nul\0byte")).isEmpty();
  }

  private List<String> names(String kind, String query) {
    return registry.recipients.list(civilian, kind, query, FIRST).items().stream()
        .map(item -> String.valueOf(item.name()))
        .toList();
  }

  private Caller caller(PartyKind kind, String name) {
    Map<String, String> details =
        kind == PartyKind.OFFICER
            ? Map.of("agency", "Harbor County Sheriff", "areaZip", "82010")
            : Map.of();
    return new Caller(registry.join(kind, name, details), kind, registry.id());
  }

  private static void refused(ProblemType type, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.type()).isEqualTo(type));
  }
}
