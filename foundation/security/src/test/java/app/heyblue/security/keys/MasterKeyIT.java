package app.heyblue.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.postgres.Database;
import app.heyblue.security.House;
import app.heyblue.security.Together;
import app.heyblue.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyIT {
  @TempDir Path home;

  @Test
  void isMadeOnTheFirstStartForItsOwnerOnly() throws IOException {
    House.over(home).keys.symmetric("a");

    assertThat(Base64.getDecoder().decode(Files.readString(file()).strip())).hasSize(32);
    assertThat(mode(file())).isEqualTo("rw-------");
    assertThat(mode(home.resolve("keys"))).isEqualTo("rwx------");
  }

  @Test
  void keysSurviveARestart() {
    House house = House.over(home);
    House again = house.another();

    assertThat(again.keys.symmetric("a")).isEqualTo(house.keys.symmetric("a"));
    assertThat(again.keys.ed25519("b").getPrivate())
        .isEqualTo(house.keys.ed25519("b").getPrivate());
    assertThat(again.keys.p256("c").getPublic()).isEqualTo(house.keys.p256("c").getPublic());
    assertThat(again.keys.symmetric("other")).isNotEqualTo(house.keys.symmetric("a"));
  }

  @Test
  void aNameIsOneKindOfKeyForEver() {
    House house = House.over(home);
    house.keys.symmetric("a");
    assertThatThrownBy(() -> house.keys.ed25519("a")).hasMessageContaining("another kind of key");
  }

  @Test
  void saysWhatToDoWhenTheFileIsMissing() throws IOException {
    House house = House.over(home);
    house.keys.symmetric("a");
    Files.delete(file());

    assertThatThrownBy(() -> house.another().keys.symmetric("a"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("The master key is missing at " + file())
        .hasMessageContaining("heyblue.security.master-key-file");
    assertThat(file()).doesNotExist();
  }

  @Test
  void refusesTheKeyOfAnotherDatabase(@TempDir Path elsewhere) throws IOException {
    House house = House.over(home);
    house.keys.symmetric("a");
    House stranger = House.over(elsewhere);
    stranger.keys.symmetric("a");
    Files.copy(
        elsewhere.resolve("keys/master.key"),
        file(),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> house.another().keys.symmetric("a"))
        .hasMessageContaining("is not the one of this database");
  }

  @Test
  void refusesAFileOfAnotherSizeOrForm() throws IOException {
    House house = House.over(home);
    Files.createDirectories(home.resolve("keys"));
    Files.writeString(file(), Base64.getEncoder().encodeToString(new byte[16]));
    assertThatThrownBy(() -> house.keys.symmetric("a"))
        .hasMessageContaining("has 16 bytes; it must have 32");

    Files.writeString(file(), "not base64!");
    assertThatThrownBy(() -> house.another().keys.symmetric("a"))
        .hasMessageContaining("is not base64");
  }

  @Test
  void eachKeyIsMadeOnceThoughEightProcessesStartAtOnce() throws Exception {
    Database database = TestDatabase.create("security");
    List<Callable<List<Object>>> starts =
        IntStream.range(0, 8)
            .<Callable<List<Object>>>mapToObj(
                i -> {
                  House house = House.over(database, home);
                  return () ->
                      List.of(house.keys.symmetric("a"), house.keys.p256("b").getPrivate());
                })
            .toList();

    List<Object> first = null;
    for (Future<List<Object>> start : Together.run(starts)) {
      first = first == null ? start.get() : first;
      assertThat(start.get()).isEqualTo(first);
    }
  }

  @Test
  void twoMachinesCannotEndUpWithTwoMasterKeys(@TempDir Path elsewhere) throws Exception {
    Database database = TestDatabase.create("security");
    House here = House.over(database, home);
    House there = House.over(database, elsewhere);

    List<Future<Object>> starts =
        Together.run(List.of(() -> here.keys.symmetric("a"), () -> there.keys.symmetric("a")));

    assertThat(starts.stream().filter(start -> start.state() == Future.State.SUCCESS)).hasSize(1);
    assertThat(starts.stream().filter(start -> start.state() == Future.State.FAILED))
        .singleElement()
        .satisfies(
            start ->
                assertThat(start.exceptionNow()).hasMessageContaining("The master key is missing"));
  }

  private Path file() {
    return home.resolve("keys/master.key");
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
