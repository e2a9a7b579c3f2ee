package app.heyblue.server.cli;

import app.heyblue.scoring.LedgerVerifier;
import app.heyblue.scoring.LedgerVerifier.Fault;
import app.heyblue.scoring.LedgerVerifier.KnownHead;
import app.heyblue.scoring.LedgerVerifier.Sound;
import app.heyblue.server.CommandFailure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
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
          @Nullable String key)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CommandFailure("There is no file " + file + ".");
    }
    LedgerVerifier.Result result;
    try (InputStream export = new BufferedInputStream(Files.newInputStream(file));
        ProgressBar bar = Bars.of("Verifying", Files.size(file), "KiB", 1024)) {
      result =
          LedgerVerifier.verify(
              export,
              Optional.ofNullable(head).map(LedgerCommand::known),
              Optional.ofNullable(key),
              bar::stepTo);
    }
    return switch (result) {
      case Sound sound -> {
        System.out.printf(
            "Sound: %,d transactions and %,d signed heads; the last hash is %s.%n"
                + "Signed by %s; compare it with the key that GET /api/v1/ledger/heads publishes.%n",
            sound.transactions(), sound.heads(), sound.hash(), sound.publicKey());
        yield 0;
      }
      case Fault fault -> {
        System.out.printf("Not sound: line %,d: %s%n", fault.line(), fault.what());
        yield 1;
      }
    };
  }

  private static KnownHead known(String text) {
    try {
      return KnownHead.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
