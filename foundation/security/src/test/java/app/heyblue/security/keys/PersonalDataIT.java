package app.heyblue.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.UserId;
import app.heyblue.security.House;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersonalDataIT {
  @TempDir Path home;
  private House house;
  private UserId ada;
  private UserId ben;

  @BeforeEach
  void twoPersons() {
    house = House.over(home);
    ada = house.party();
    ben = house.party();
    house.personKeys.createKey(ada);
    house.personKeys.createKey(ben);
  }

  @Test
  void aFieldOpensForItsPersonAndUnderItsNameOnly() {
    byte[] sealed = house.personKeys.seal(ada, "displayName", "Ada Lovelace 🌷");

    assertThat(house.personKeys.open(ada, "displayName", sealed)).contains("Ada Lovelace 🌷");
    assertThatThrownBy(() -> house.personKeys.open(ada, "zip", sealed))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> house.personKeys.open(ben, "displayName", sealed))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void twoSealingsOfTheSameTextDiffer() {
    assertThat(house.personKeys.seal(ada, "zip", "20001"))
        .isNotEqualTo(house.personKeys.seal(ada, "zip", "20001"));
  }

  @Test
  void anotherProcessOpensIt() {
    byte[] sealed = house.personKeys.seal(ada, "zip", "20001");
    assertThat(house.another().personKeys.open(ada, "zip", sealed)).contains("20001");
  }

  @Test
  void makingTheKeyAgainKeepsIt() {
    byte[] sealed = house.personKeys.seal(ada, "zip", "20001");
    house.another().personKeys.createKey(ada);
    assertThat(house.another().personKeys.open(ada, "zip", sealed)).contains("20001");
  }

  @Test
  void destroyingTheKeyForgetsThePersonForGood() {
    byte[] sealed = house.personKeys.seal(ada, "zip", "20001");
    house.database.useTransaction(tx -> house.personKeys.destroyKey(tx, ada));

    assertThat(house.personKeys.open(ada, "zip", sealed)).isEmpty();
    house.personKeys.createKey(ada);
    assertThat(house.personKeys.open(ada, "zip", sealed)).isEmpty();
    assertThatThrownBy(() -> house.personKeys.seal(ada, "zip", "20001"))
        .isInstanceOf(IllegalStateException.class);
    assertThat(house.personKeys.open(ben, "zip", house.personKeys.seal(ben, "zip", "20002")))
        .contains("20002");
  }

  @Test
  void aPersonWithoutAKeyHasNothingSealed() {
    assertThatThrownBy(() -> house.personKeys.seal(house.party(), "zip", "20001"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAddressHasOneFingerprintWhateverItsCaseSpaceAndForm() {
    byte[] print = house.fingerprints.of("zoë.MÜLLER@example.org");

    assertThat(print).hasSize(32);
    assertThat(house.fingerprints.of("  ZOË.müller@EXAMPLE.org \t")).isEqualTo(print);
    assertThat(house.fingerprints.of("zoe\u0308.mu\u0308ller@example.org")).isEqualTo(print);
    assertThat(house.another().fingerprints.of("zoë.müller@example.org")).isEqualTo(print);
    assertThat(house.fingerprints.of("zoe.muller@example.org")).isNotEqualTo(print);
    assertThat(House.over(home.resolve("b")).fingerprints.of("zoë.müller@example.org"))
        .isNotEqualTo(print);
  }

  @Test
  void aReferenceOpensForItsPurposeOnly() {
    GcmReferences references = new GcmReferences(house.keys, house.random);
    UUID id = house.ids.next();
    String reference = references.seal("recipient", id);

    assertThat(reference).matches("[A-Za-z0-9_-]{60}");
    assertThat(references.seal("recipient", id)).isNotEqualTo(reference);
    assertThat(references.open("recipient", reference)).contains(id);
    assertThat(references.open("officer", reference)).isEmpty();
    assertThat(references.open("recipient", "x" + reference.substring(1))).isEmpty();
    assertThat(references.open("recipient", reference + "A")).isEmpty();
    assertThat(references.open("recipient", "é".repeat(60))).isEmpty();
    assertThat(references.open("recipient", "")).isEmpty();
    assertThat(references.open("recipient", id.toString())).isEmpty();
  }
}
