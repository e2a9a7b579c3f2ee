package app.heyblue.simulator.streets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackFileIT {
  @TempDir Path folder = Path.of("");

  @Test
  void readsPlacesAndHowFastTheyWereReached() throws IOException {
    List<Way> ways =
        TrackFile.read(
            file(
                """
                [{"vendor": 0, "path": [[-74.0, 40.0], [-74.0, 40.001]], "timestamps": [5, 15.5]},
                 {"path": [[-74.0, 40.0]], "timestamps": [1]}]
                """));
    assertThat(ways).hasSize(1);
    assertThat(ways.getFirst().places())
        .containsExactly(new Place(40, -74), new Place(40.001, -74));
    assertThat(ways.getFirst().metersPerSecond().getLast()).isCloseTo(10.6, within(0.05));
  }

  @Test
  void saysWhatIsWrongWithAFile() throws IOException {
    Path torn = file("[{\"path\": [[-74.0, 40.0], [-74.0, 40.001]], \"timestamps\": [5]}]");
    assertThatThrownBy(() -> TrackFile.read(torn)).hasMessageContaining("other numbers");
    Path empty = file("[]");
    assertThatThrownBy(() -> TrackFile.read(empty)).hasMessageContaining("no track");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("tracks.json"), text);
  }
}
