package app.heyblue.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder for what a benchmark writes, in the temporary folder or in {@code heyblue.bench.folder};
 * closing removes it with all that is in it.
 */
record TemporaryFolder(Path path) implements AutoCloseable {
  static TemporaryFolder create() throws IOException {
    Path parent =
        Path.of(System.getProperty("heyblue.bench.folder", System.getProperty("java.io.tmpdir")));
    return new TemporaryFolder(Files.createTempDirectory(parent, "heyblue-bench"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        boolean _ = Files.deleteIfExists(each);
      }
    }
  }
}
