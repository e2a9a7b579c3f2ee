package app.heyblue.server.cli;

import app.heyblue.scoring.LedgerVerifier;
import app.heyblue.server.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks an exported ledger, as a stranger would: with the file and what was published alone. */
@Command(name = "ledger", description = "Checks an exported ledger, without a server.")
public final class LedgerCommand {
  @Command(
      name = "verify",
      description = "Recomputes every hash, the chain and the signatures of an export.")
  int verify(
      @Parameters(paramLabel = "FILE", description = "An export of GET /api/v1/ledger/export.")
          Path file,
      @Option(
              names = "--head",
              paramLabel = "POSITION:HASH",
              description = "A head published earlier, which must lie on the chain.")
          @Nullable String head,
      @Option(
              names = "--key",
              paramLabel = "BASE64",
              description = "The public key that was published; the export must carry the same.")
          @Nullable String key) {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure("There is no file " + file + ".");
    }
    return LedgerVerifier.run(
        file, Optional.ofNullable(head), Optional.ofNullable(key), System.out);
  }
}
