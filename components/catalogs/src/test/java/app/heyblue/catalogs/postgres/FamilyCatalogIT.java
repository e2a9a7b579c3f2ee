package app.heyblue.catalogs.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.heyblue.catalogs.FamilyCatalog;
import app.heyblue.catalogs.FamilyEntry;
import app.heyblue.catalogs.refresh.World;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Families are found by their case number, which is kept nowhere. */
class FamilyCatalogIT {
  @TempDir Path folder = Path.of("");

  @Test
  void findsAFamilyHoweverItsNumberIsWritten() {
    World world = new World(folder);
    FamilyCatalog families = new FamilyTable(world.database, world, world, Clock.systemUTC());
    families.add("BF-0001", "820", "Groceries");
    families.add("BF-0002", "821", null);
    families.add("BF-0002", "822", null);

    for (String spelling : List.of(" bf 0001 ", "BF.0001", "bf/0001", "ＢＦ0001")) {
      assertThat(families.find(spelling)).contains(new FamilyEntry("820", "Groceries"));
    }
    assertThat(families.find("BF-0002")).contains(new FamilyEntry("822", null));
    assertThat(families.find("BF-0003")).isEmpty();
    assertThat(families.find("")).isEmpty();
    assertThatThrownBy(() -> families.add("BF-0004", "82001", null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(world.audited).hasSize(3).containsOnly("family.added");
    String stored =
        world.database.read(
            tx ->
                tx.createQuery("select string_agg(f::text, ',') from catalogs.family f")
                    .mapTo(String.class)
                    .one());
    assertThat(stored).doesNotContain("0001").doesNotContain("BF");
  }
}
