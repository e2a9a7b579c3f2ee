package app.heyblue.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.kernel.ProblemException;
import app.heyblue.kernel.UserId;
import app.heyblue.security.House;
import app.heyblue.security.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterRotationIT {
  private static final int PEOPLE = 1100;
  @TempDir Path home;
  private House house;
  private final Map<UserId, byte[]> sealed = new LinkedHashMap<>();

  @BeforeEach
  void people() {
    house = House.over(home);
    for (int i = 0; i < PEOPLE; i++) {
      join(house);
    }
  }

  @Test
  void allStaysReadableAtEveryStepOfARotationAndAfterIt() throws IOException {
    byte[] reference = house.keys.symmetric("references").getEncoded();
    House running = house.another();
    open(running, sealed.keySet().iterator().next());
    String before = rotation(house).state().inUse();

    MasterRotation.State rotated = rotation(house).rotate();
    assertThat(rotated.inUse()).isNotEqualTo(before);
    assertThat(rotated.inFile()).containsExactly(rotated.inUse(), before);
    assertThat(rotated.complete()).isFalse();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");

    Rewrapping rewrapping = rewrapping(house);
    UUID after = rewrapping.step(before, null).orElseThrow();
    requireAllReadable(running);
    requireAllReadable(house.another());
    rewrapping.step(before, after);
    requireAllReadable(running);
    assertThat(rewrapping(house.another()).pass()).isTrue();
    requireAllReadable(running);
    requireAllReadable(house.another());

    MasterRotation.State done = rotation(house).state();
    assertThat(done.complete()).isTrue();
    assertThat(done.wrapped()).containsOnlyKeys(done.inUse());
    assertThat(rotation(house).dropOld().inFile()).containsExactly(done.inUse());
    requireAllReadable(running);
    requireAllReadable(house.another());
    assertThat(house.another().keys.symmetric("references").getEncoded()).isEqualTo(reference);
  }

  @Test
  void whatWasWrappedBeforeKeysHadIdsIsRewrappedToo() {
    house.database.useTransaction(
        tx -> {
          tx.execute("update security.person_key set wrapped_by = ''");
          tx.execute("update security.house_key set wrapped_by = ''");
          tx.execute("delete from security.master_key_in_use");
        });
    House upgraded = house.another();
    requireAllReadable(upgraded);
    assertThat(rewrapping(upgraded).pass()).isTrue();
    rotation(upgraded).rotate();
    assertThat(rewrapping(upgraded).pass()).isTrue();
    rotation(upgraded).dropOld();
    requireAllReadable(upgraded.another());
  }

  @Test
  void readersWritersAndForgettingGoOnDuringARotation() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<UserId> known = List.copyOf(sealed.keySet());
    List<UserId> forgotten = known.subList(0, 100);
    List<Callable<Integer>> works = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      House reader = house.another();
      works.add(
          () -> {
            int read = 0;
            while (!over.get()) {
              for (UserId person : known.subList(100, PEOPLE)) {
                assertThat(open(reader.another(), person)).isTrue();
                read++;
                if (over.get()) {
                  break;
                }
              }
            }
            return read;
          });
    }
    works.add(
        () -> {
          House writer = house.another();
          int made = 0;
          while (!over.get()) {
            UserId person = writer.party();
            writer.personKeys.createKey(person);
            byte[] text = writer.personKeys.seal(person, "displayName", "New");
            assertThat(house.another().personKeys.open(person, "displayName", text))
                .contains("New");
            made++;
          }
          return made;
        });
    works.add(
        () -> {
          House writer = house.another();
          for (UserId person : forgotten) {
            writer.database.useTransaction(tx -> writer.personKeys.destroyKey(tx, person));
          }
          return forgotten.size();
        });
    works.add(
        () -> {
          try {
            for (int round = 0; round < 3; round++) {
              rotation(house).rotate();
              Rewrapping rewrapping = rewrapping(house);
              while (!rewrapping.pass()) {
                Thread.onSpinWait();
              }
              rotation(house).dropOld();
            }
            return 3;
          } finally {
            over.set(true);
          }
        });

    for (Future<Integer> work : Together.run(works)) {
      assertThat(work.get()).isPositive();
    }
    House fresh = house.another();
    for (UserId person : forgotten) {
      assertThat(fresh.personKeys.open(person, "displayName", sealed.getOrDefault(person, NONE)))
          .isEmpty();
    }
    assertThat(rotation(house).state().inFile()).hasSize(1);
  }

  @Test
  void anOldKeyIsNeverDroppedWhileItWrapsSomething() throws IOException {
    rotation(house).rotate();
    String file = Files.readString(file());

    assertThatThrownBy(() -> rotation(house).dropOld())
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("still wrapped");
    assertThat(Files.readString(file())).isEqualTo(file);
  }

  @Test
  void aKeyThatNoLongerOpensKeepsTheOldOneFromBeingDropped() {
    UserId broken = sealed.keySet().iterator().next();
    house.database.useTransaction(
        tx ->
            tx.createUpdate(
                    "update security.person_key set wrapped = wrapped || '\\x00' where person = :p")
                .bind("p", broken.value())
                .execute());
    rotation(house).rotate();

    assertThat(rewrapping(house).pass()).isFalse();
    assertThat(rotation(house).state().wrapped().values()).contains(1L);
    assertThatThrownBy(() -> rotation(house).dropOld()).isInstanceOf(ProblemException.class);
  }

  @Test
  void aKeyThatNoLongerOpensIsShownAndKeepsNothingElseWaiting() {
    UserId broken = sealed.keySet().iterator().next();
    house.database.useTransaction(
        tx ->
            tx.createUpdate(
                    "update security.person_key set wrapped = wrapped || '\\x00' where person = :p")
                .bind("p", broken.value())
                .execute());
    MasterRotation rotation = rotation(house);
    String first = rotation.rotate().inUse();
    assertThat(rotation.attempt()).as("the others were moved: on at once").isFalse();
    assertThat(rotation.attempt()).as("nothing was: the long pause").isTrue();
    assertThat(rotation.state().unreadable()).isEqualTo(1);
    assertThat(rotation.state().complete()).isFalse();

    assertThat(rotation.rotate().inUse()).as("a further rotation").isNotEqualTo(first);
    assertThat(rotation.rotate().inUse()).as("one under way goes on").isEqualTo(inUse());
    rotation.attempt();
    assertThat(rotation.state().wrapped()).hasSize(2).doesNotContainKey(first);
  }

  private String inUse() {
    return rotation(house).state().inUse();
  }

  @Test
  void aSecondRotationDuringTheFirstGoesOnWithTheFirst() {
    String inUse = rotation(house).rotate().inUse();
    assertThat(rotation(house.another()).rotate().inUse()).isEqualTo(inUse);
  }

  @Test
  void aKeyThatWasPutIntoTheFileByHandIsTheNextOne() throws IOException {
    String line = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";
    Files.writeString(file(), "# made elsewhere\n" + line + "\n" + Files.readString(file()));
    MasterRotation.State rotated = rotation(house).rotate();

    assertThat(rotated.inFile()).hasSize(2).startsWith(rotated.inUse());
    assertThat(Files.readString(file())).contains("# made elsewhere").contains(line);
  }

  @Test
  void aFileThatLacksAKeyInUseIsOneSentence() throws IOException {
    String old = Files.readString(file());
    String before = rotation(house).state().inUse();
    rotation(house).rotate();
    rewrapping(house).step(before, null);
    String both = Files.readString(file());

    Files.writeString(file(), old);
    assertThatThrownBy(() -> house.another().keys.symmetric("references"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("lacks the key")
        .hasMessageContaining("back-up of keys");
    Files.writeString(file(), both.lines().findFirst().orElseThrow());
    assertThatThrownBy(() -> house.another().keys.symmetric("references"))
        .hasMessageContaining("lacks the key");
    Files.writeString(file(), both);
    requireAllReadable(house.another());
  }

  private static final byte[] NONE = {};

  private void join(House at) {
    UserId person = at.party();
    at.personKeys.createKey(person);
    sealed.put(person, at.personKeys.seal(person, "displayName", "Ada"));
  }

  private boolean open(House at, UserId person) {
    return at.personKeys
        .open(person, "displayName", sealed.getOrDefault(person, NONE))
        .equals(java.util.Optional.of("Ada"));
  }

  private void requireAllReadable(House at) {
    assertThat(sealed.keySet()).allMatch(person -> open(at, person));
  }

  private static Rewrapping rewrapping(House at) {
    return new Rewrapping(at.database, at.master);
  }

  private static MasterRotation rotation(House at) {
    return new MasterRotation(at.database, at.master, rewrapping(at), at.audit);
  }

  private Path file() {
    return home.resolve("keys/master.key");
  }
}
