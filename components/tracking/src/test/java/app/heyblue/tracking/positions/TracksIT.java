package app.heyblue.tracking.positions;

import static org.assertj.core.api.Assertions.assertThat;

import app.heyblue.kernel.PartyKind;
import app.heyblue.security.Caller;
import app.heyblue.tracking.World;
import app.heyblue.tracking.postgres.TrackTable;
import app.heyblue.tracking.postgres.TrackTable.Piece;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracksIT {
  private final World world = new World();
  private final Caller civilian = world.somebody(PartyKind.CIVILIAN);

  @Test
  void aTrackIsWrittenThinnedAndAsCiphertext() {
    for (int i = 0; i < 10; i++) {
      world.at(civilian, 40.71234 + i * 0.0001, -74); // 11 m each
      world.clock.advance(Duration.ofSeconds(10));
    }
    world.tracks.write(Instant.MAX);

    Piece piece = written().getFirst();
    assertThat(new String(piece.sealed(), StandardCharsets.ISO_8859_1)).doesNotContain("40.71");
    assertThat(world.cipher.open(civilian.userId(), "track", piece.sealed()).orElseThrow())
        .isEqualTo("40.71234,-74.0,5,0\n40.71324,-74.0,5,90\n");
  }

  @Test
  void nothingIsKeptForMoreThanADay() {
    world.at(civilian, 40.7, -74);
    world.tracks.write(Instant.MAX);
    world.clock.advance(Duration.ofHours(24).minusMinutes(3));
    world.tracks.purge();
    assertThat(written()).hasSize(1);

    world.clock.advance(Duration.ofMinutes(2));
    world.tracks.purge();

    assertThat(written()).isEmpty();
  }

  @Test
  void whatIsWithdrawnIsNotWrittenBehind() {
    world.at(civilian, 40.7, -74);
    world.tracks.write(Instant.MAX);
    world.at(civilian, 40.8, -74);
    assertThat(written()).hasSize(1);

    world.consents.set(civilian.userId(), false);
    world.tracks.write(Instant.MAX);

    assertThat(written()).isEmpty();
  }

  @Test
  void anOfficersPositionsAreNotWritten() {
    Caller officer = world.officer("Sam Ortiz");
    world.sharing.on(officer);
    world.at(officer, 40.7, -74);
    world.tracks.write(Instant.MAX);

    assertThat(
            world.database.<List<Piece>, RuntimeException>read(
                tx -> TrackTable.of(tx, officer.userId())))
        .isEmpty();
  }

  private List<Piece> written() {
    return world.database.read(tx -> TrackTable.of(tx, civilian.userId()));
  }
}
