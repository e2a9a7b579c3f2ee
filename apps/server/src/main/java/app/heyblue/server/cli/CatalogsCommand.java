package app.heyblue.server.cli;

import app.heyblue.server.ApiClient;
import app.heyblue.server.CommandFailure;
import app.heyblue.server.Installation;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Imports catalog files into the running server. */
@Command(name = "catalogs", description = "Imports catalog files into the running server.")
public final class CatalogsCommand {
  private static final String BOUNDARY = "heyblue-catalog-upload";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  @Command(name = "import", description = "Imports an IRS EO BMF extract (CSV).")
  int importFile(@Parameters(paramLabel = "FILE", description = "The CSV file.") Path file)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure("There is no file " + file + ".");
    }
    Installation installation = Installation.of(System.getenv());
    ApiClient api = installation.client();
    String token = installation.requireOperatorToken();
    long rows;
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      rows = Math.max(0, lines.count() - 1);
    }
    String id = upload(api, token, file);
    JsonNode refresh = watch(api, token, id, rows);
    return report(refresh);
  }

  private static String upload(ApiClient api, String token, Path file) throws IOException {
    try (ProgressBar bar = Bars.of("Sending", Files.size(file), "KiB", 1024)) {
      return api.post(
              "/api/v1/catalogs/charities/refreshes",
              token,
              "multipart/form-data; boundary=" + BOUNDARY,
              multipart(file, bar))
          .orFail()
          .body()
          .path("id")
          .asText();
    }
  }

  private static BodyPublisher multipart(Path file, ProgressBar bar) {
    byte[] head =
        """
        --%s\r
        Content-Disposition: form-data; name="file"; filename="%s"\r
        Content-Type: text/csv\r
        \r
        """
            .formatted(BOUNDARY, file.getFileName().toString().replace('"', '_'))
            .getBytes(StandardCharsets.UTF_8);
    byte[] tail = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
    return BodyPublishers.ofInputStream(
        () -> {
          try {
            return new SequenceInputStream(
                Collections.enumeration(
                    List.of(
                        new ByteArrayInputStream(head),
                        new Counted(Files.newInputStream(file), bar),
                        new ByteArrayInputStream(tail))));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private static JsonNode watch(ApiClient api, String token, String id, long rows) {
    try (ProgressBar bar = Bars.of("Importing", rows, "rows", 1)) {
      while (true) {
        JsonNode refresh =
            api.get("/api/v1/catalogs/charities/refreshes/" + id, token).orFail().body();
        bar.stepTo(refresh.path("rowsRead").asLong());
        if (!refresh.path("status").asText().equals("running")) {
          return refresh;
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  private static int report(JsonNode refresh) {
    if (refresh.path("status").asText().equals("applied")) {
      System.out.printf(
          "Applied: %,d rows read, %,d added, %,d changed, %,d removed, %,d rejected.%n",
          refresh.path("rowsRead").asLong(),
          refresh.path("added").asLong(),
          refresh.path("changed").asLong(),
          refresh.path("removed").asLong(),
          refresh.path("rejected").asLong());
      return 0;
    }
    System.out.println("Refused: " + refresh.path("reason").asText());
    return 1;
  }

  private static final class Counted extends FilterInputStream {
    private final ProgressBar bar;

    Counted(InputStream in, ProgressBar bar) {
      super(in);
      this.bar = bar;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      if (n > 0) {
        bar.stepBy(n);
      }
      return n;
    }
  }
}
