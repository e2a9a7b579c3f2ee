package app.heyblue.server.cli;

import app.heyblue.security.AuditVerifier;
import app.heyblue.server.ApiClient;
import app.heyblue.server.CommandFailure;
import app.heyblue.server.Installation;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks that nobody altered the audit trail. */
@Command(name = "audit", description = "Checks that nobody altered the audit trail.")
public final class AuditCommand {
  @Command(
      name = "verify",
      description =
          "Recomputes every hash and checks the signatures, of the running server's trail"
              + " or of an export.")
  int verify(
      @Parameters(
              paramLabel = "FILE",
              arity = "0..1",
              description = "An export of GET /api/v1/audit/export; else the running server's.")
          @Nullable Path file,
      @Option(
              names = "--head",
              paramLabel = "POSITION:HASH",
              description = "A head noted earlier, which must lie on the chain.")
          @Nullable String head)
      throws IOException {
    return file == null ? verifyServer(Optional.ofNullable(head)) : verifyFile(file, head);
  }

  private static int verifyFile(Path file, @Nullable String head) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure("There is no file " + file + ".");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return AuditVerifier.run(in, Optional.ofNullable(head), System.out);
    }
  }

  private static int verifyServer(Optional<String> head) throws IOException {
    Installation installation = Installation.of(System.getenv());
    ApiClient api = installation.client();
    String token = installation.requireOperatorToken();
    int status;
    try (InputStream in = api.stream("/api/v1/audit/export", token)) {
      status = AuditVerifier.run(in, head, System.out);
    }
    JsonNode proof = api.get("/api/v1/audit/proof", token).orFail().body();
    if (status == 0 && !proof.path("sound").asBoolean()) {
      System.out.printf(
          "Not sound. %,d records are in the trail, but %,d on the chain and %,d waiting.%n",
          proof.path("records").asLong(),
          proof.path("chained").asLong(),
          proof.path("pending").asLong());
      return 1;
    }
    return status;
  }
}
