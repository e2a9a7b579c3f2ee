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
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Refreshes the catalogs of the running server, and undoes it. */
@Command(name = "catalogs", description = "Refreshes the catalogs of the running server.")
public final class CatalogsCommand {
  private static final String BOUNDARY = "heyblue-catalog-upload";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final String CHARITIES = "charities";
  private static final String FAMILIES = "families";

  private @Nullable ApiClient api;
  private String token = "";

  @Command(
      name = "import",
      description = "Imports a file of the IRS: an EO BMF extract, or Publication 78.")
  int importFile(@Parameters(paramLabel = "FILE", description = "The file.") Path file)
      throws IOException {
    return upload(CHARITIES, file);
  }

  @Command(name = "families", description = "Imports a state's families (CSV).")
  int importFamilies(@Parameters(paramLabel = "FILE", description = "The CSV file.") Path file)
      throws IOException {
    return upload(FAMILIES, file);
  }

  @Command(name = "refresh", description = "Refreshes from a configured source.")
  int refresh(
      @Parameters(paramLabel = "SOURCE", description = "The source's name.") String source,
      @Option(names = "--families", description = "A source of families.") boolean families) {
    String path = path(families ? FAMILIES : CHARITIES);
    return watch(
        path, begun(client().send("POST", path, token, Map.of("source", source), Map.of())));
  }

  @Command(name = "undo", description = "Undoes a refresh: the latest, then the one before it.")
  int undo(
      @Parameters(paramLabel = "ID", description = "The refresh's id.") String id,
      @Option(names = "--families", description = "A refresh of families.") boolean families) {
    String path = path(families ? FAMILIES : CHARITIES);
    return watch(
        path, begun(client().send("POST", path + "/" + id + "/undo", token, null, Map.of())));
  }

  private ApiClient client() {
    if (api == null) {
      Installation installation = Installation.of(System.getenv());
      api = installation.client();
      token = installation.requireOperatorToken();
    }
    return api;
  }

  private static String path(String catalog) {
    return "/api/v1/catalogs/" + catalog + "/refreshes";
  }

  private static String begun(ApiClient.Answer answer) {
    return answer.orFail().body().path("id").asText();
  }

  private int upload(String catalog, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure("There is no file " + file + ".");
    }
    ApiClient client = client();
    String id;
    try (ProgressBar bar = Bars.of("Sending", Files.size(file), "KiB", 1024)) {
      id =
          begun(
              client.post(
                  path(catalog),
                  token,
                  "multipart/form-data; boundary=" + BOUNDARY,
                  multipart(file, bar)));
    }
    return watch(path(catalog), id);
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

  /** Shows how it goes on, in rows where their number is known. */
  private int watch(String path, String id) {
    try (ProgressBar bar = Bars.of("Refreshing", -1, "rows", 1)) {
      while (true) {
        JsonNode refresh = client().get(path + "/" + id, token).orFail().body();
        if (refresh.path("rowsTotal").isNumber()) {
          bar.maxHint(refresh.path("rowsTotal").asLong());
        }
        bar.stepTo(refresh.path("rowsRead").asLong());
        bar.setExtraMessage(refresh.path("phase").asText("").replace("null", ""));
        if (!refresh.path("status").asText().equals("running")) {
          bar.close();
          return report(refresh);
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
      if (refresh.path("reason").isTextual()) {
        System.out.println(refresh.path("reason").asText());
      }
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
